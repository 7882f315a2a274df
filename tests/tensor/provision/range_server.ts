/** A web server on this machine that gives one file, in parts where asked. */
export interface RangeServer {
  readonly url: string;
  /** The Range header of each request; null where there was none. */
  readonly ranges: (string | null)[];
  stop(): Promise<void>;
}

/**
 * Serves bytes under any path.
 *
 * It speaks HTTP itself, because a connection that breaks off in the middle is what a proper server does not make.
 *
 * @param options.cutAfter The first connection breaks off after so many bytes of the file.
 * @param options.ranges Whether Range headers are heeded; true by default.
 */
export function serveFile(
  bytes: Uint8Array,
  options: { cutAfter?: number; ranges?: boolean } = {},
): RangeServer {
  const ranges: (string | null)[] = [];
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });

  async function answer(connection: Deno.Conn): Promise<void> {
    using _closed = connection;
    const request = await readHead(connection);
    const range = request.match(/^range: (.*)$/im)?.[1]?.trim() ?? null;
    ranges.push(range);
    const start = options.ranges === false ? 0 : Number(range?.match(/^bytes=(\d+)-$/)?.[1] ?? 0);
    const status = start >= bytes.length ? "416 No" : start > 0 ? "206 Part" : "200 OK";
    const length = Math.max(bytes.length - start, 0);
    const end = ranges.length === 1 ? options.cutAfter : undefined;
    const head = `HTTP/1.1 ${status}\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n`;
    await writeAll(connection, new TextEncoder().encode(head));
    await writeAll(connection, bytes.subarray(start, end));
  }

  const serving = (async () => {
    for await (const connection of listener) await answer(connection);
  })();
  return {
    url: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    ranges,
    async stop() {
      listener.close();
      await serving;
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
