import { sha256 } from "@/lib/base/sha256.ts";
import { WHEEL_NAME } from "@/tests/tensor/provision/fake_wheel.ts";
import { type RangeServer, serveFile } from "@/tests/tensor/provision/range_server.ts";

/** A package index on this machine, with one wheel. */
export interface LocalIndex {
  /** Its address, as pip wants it. */
  readonly url: string;
  /** The server of the wheel. */
  readonly files: RangeServer;
}

/** What pip is told where nothing but local servers may answer. */
export const ISOLATED = {
  PIP_EXTRA_INDEX_URL: "",
  PIP_FIND_LINKS: "",
  PIP_CONFIG_FILE: "/dev/null",
  PIP_NO_CACHE_DIR: "1",
  PIP_RETRIES: "0",
};

/** The same, with this index. */
export function onlyIndex(url: string): Record<string, string> {
  return { ...ISOLATED, PIP_INDEX_URL: url };
}

/** Runs a test beside an index in the form that PEP 503 describes. */
export async function withIndex(
  wheel: Uint8Array,
  body: (index: LocalIndex) => Promise<void>,
  options: { sha256?: string; cutAfter?: number; holdAfter?: number } = {},
): Promise<void> {
  const { sha256: hash = sha256(wheel), ...serving } = options;
  const files = serveFile(wheel, serving);
  const page = `<a href="${files.url}/${WHEEL_NAME}#sha256=${hash}">${WHEEL_NAME}</a>`;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    ({ url }) =>
      new URL(url).pathname === "/simple/tiny-library/"
        ? new Response(page, { headers: { "content-type": "text/html" } })
        : new Response("no such package", { status: 404 }),
  );
  try {
    await body({ url: `http://127.0.0.1:${server.addr.port}/simple`, files });
  } finally {
    await server.shutdown();
    await files.stop();
  }
}
