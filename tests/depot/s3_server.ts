import { pythonWith } from "@/tests/python_with.ts";

const found = await pythonWith("moto[server]==5.2.5");

/** Whether tests have no S3 server. */
export const hasNoServer = found === null;

/** An S3 server on this machine, empty, with a bucket `artifacts`. */
export interface S3Server extends AsyncDisposable {
  readonly address: string;
}

/** Starts an S3 server of its own. */
export async function s3Server(): Promise<S3Server> {
  // Its own thread tells the port that the system gave it.
  const program = `
from moto.server import ThreadedMotoServer
import sys
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
`;
  const child = new Deno.Command(found!, {
    args: ["-c", program],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  const { value } = await lines.next();
  const address = `http://127.0.0.1:${Number(value)}`;
  await (await fetch(`${address}/artifacts`, { method: "PUT" })).body?.cancel();
  return {
    address,
    async [Symbol.asyncDispose]() {
      await child.stdin.close();
      child.kill("SIGKILL");
      await lines.return?.();
      await child.status;
    },
  };
}

/** A request on its way to the server. */
export interface Passing {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Something in front of a server that sees every request. */
export interface Proxy extends AsyncDisposable {
  readonly address: string;
  readonly seen: readonly Passing[];
}

/**
 * Stands in front of a server.
 *
 * @param change May change a request before it goes on, answer in the server's place, or change what the server answers.
 */
export function proxyOf(
  { address }: S3Server,
  change: {
    readonly request?: (passing: Passing) => unknown;
    readonly response?: (response: Response, passing: Passing) => Response;
  } = {},
): Proxy {
  const seen: Passing[] = [];
  const abort = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, signal: abort.signal, onListen: () => {} },
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const passing: Passing = {
        method: request.method,
        path: `${pathname}${search}`,
        headers: new Headers(request.headers),
        body: await request.bytes(),
      };
      seen.push(passing);
      const own = await change.request?.(passing);
      if (own instanceof Response) return own;
      passing.headers.delete("host");
      const { method, path, headers, body } = passing;
      const hasBody = method === "PUT" || method === "POST";
      const response = await fetch(`${address}${path}`, {
        method,
        headers,
        ...hasBody && { body },
      });
      return change.response?.(response, passing) ?? response;
    },
  );
  return {
    address: `http://127.0.0.1:${server.addr.port}`,
    seen,
    async [Symbol.asyncDispose]() {
      abort.abort();
      await server.finished;
    },
  };
}

/** The environment in which a server at an address is spoken to. */
export function environmentOf(
  { address }: { readonly address: string },
): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: address,
    AWS_ACCESS_KEY_ID: "someone",
    AWS_SECRET_ACCESS_KEY: "something",
    AWS_REGION: "us-east-1",
  };
}

/** Runs a body in that environment. */
export async function speakingTo(
  server: { readonly address: string },
  body: () => Promise<void>,
): Promise<void> {
  const own = environmentOf(server);
  const before = Object.keys(own).map((name) => [name, Deno.env.get(name)] as const);
  for (const [name, value] of Object.entries(own)) Deno.env.set(name, value);
  try {
    await body();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    }
  }
}

/** The names of all objects in the bucket, and their sizes. */
export async function objectsIn({ address }: S3Server): Promise<ReadonlyMap<string, number>> {
  const xml = await (await fetch(`${address}/artifacts?list-type=2`)).text();
  const keys = [...xml.matchAll(/<Key>(.*?)<\/Key>.*?<Size>(\d+)<\/Size>/gs)];
  return new Map(keys.map(([, name, size]) => [name!, Number(size)]));
}

// Whoever names no key is nobody, and may change nothing; keys are not looked up.
const headers = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=someone/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0",
};

/** Removes an object. */
export async function removeObject({ address }: S3Server, name: string): Promise<void> {
  const response = await fetch(`${address}/artifacts/${name}`, { method: "DELETE", headers });
  await response.body?.cancel();
}

/** Writes an object in the bucket, whatever is there. */
export async function overwrite(
  { address }: S3Server,
  name: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const response = await fetch(`${address}/artifacts/${name}`, { method: "PUT", headers, body });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
}
