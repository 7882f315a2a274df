/** What was asked of the server. */
export interface Request {
  /** The Range header; null where there was none. */
  readonly range: string | null;
  /** Whether pip asked; this project's own code otherwise. */
  readonly byPip: boolean;
}

/** A web server on this machine that gives one file, in parts where asked. */
export interface RangeServer {
  readonly url: string;
  readonly requests: readonly Request[];
  stop(): Promise<void>;
}

/**
 * Serves bytes under any path.
 *
 * It speaks HTTP itself, because a connection that breaks off in the middle is what a proper server does not make.
 *
 * @param options.cutAfter The first connection that pip did not make breaks off after so many bytes of the file.
 * @param options.holdAfter That connection goes silent then, and stays open.
 * @param options.ranges Whether Range headers are heeded; true by default.
 */
export function serveFile(
  bytes: Uint8Array,
  options: { cutAfter?: number; holdAfter?: number; ranges?: boolean } = {},
): RangeServer {
  const requests: Request[] = [];
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const stopping = Promise.withResolvers<void>();
  const end = options.cutAfter ?? options.holdAfter;

  async function answer(connection: Deno.Conn): Promise<void> {
    using _closed = connection;
    const request = await readHead(connection);
    const range = request.match(/^range: (.*)$/im)?.[1]?.trim() ?? null;
    const byPip = /^user-agent: pip/im.test(request);
    const first = !byPip && requests.every((earlier) => earlier.byPip);
    requests.push({ range, byPip });
    const start = options.ranges === false ? 0 : Number(range?.match(/^bytes=(\d+)-$/)?.[1] ?? 0);
    const status = start >= bytes.length ? "416 No" : start > 0 ? "206 Part" : "200 OK";
    const length = Math.max(bytes.length - start, 0);
    const head = `HTTP/1.1 ${status}\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n`;
    await writeAll(connection, new TextEncoder().encode(head));
    await writeAll(connection, bytes.subarray(start, first ? end : undefined));
    if (first && options.holdAfter !== undefined) await stopping.promise;
  }

  const answers: Promise<void>[] = [];
  const serving = (async () => {
    // A client that has died is no failure of the server.
    for await (const connection of listener) answers.push(answer(connection).catch(() => {}));
  })();
  return {
    url: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    requests,
    async stop() {
      listener.close();
      stopping.resolve();
      await serving;
      await Promise.all(answers);
    },
  };
}

async function readHead(connection: Deno.Conn): Promise<string> {
  const piece = new Uint8Array(4096);
  let text = "";
  while (!text.includes("\r\n\r\n")) {
    const read = await connection.read(piece);
    if (read === null) break;
    text += new TextDecoder().decode(piece.subarray(0, read));
  }
  return text;
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}
