/**
 * A process that takes all artifacts from one depot to another, to be killed on the way: `transfer_process.ts FROM TO [LIMIT]`.
 * Prints how many bytes are there whenever it is more; after LIMIT bytes nothing more is read, and it waits to be killed.
 */

import type { Depot } from "@/lib/depot/depot.ts";
import { findDepot, openDepot, transfer } from "@/lib/depot/mod.ts";

const [source, target, limit = "Infinity"] = Deno.args as [string, string, string?];
const encoder = new TextEncoder();
let read = 0;

/** Small pieces, and none beyond the limit. */
async function* pieces(stream: ReadableStream<Uint8Array>) {
  for await (const piece of stream) {
    for (let at = 0; at < piece.length; at += 1000) {
      if (read >= Number(limit)) await new Promise(() => setInterval(() => {}, 1000));
      const some = piece.subarray(at, at + 1000);
      read += some.length;
      yield some;
    }
  }
}

const from = await findDepot(source), to = await openDepot(target);
const slow: Depot = {
  ...from,
  read: async (...file) => ReadableStream.from(pieces(await from.read(...file))),
};
await transfer(await from.keys(), { from: slow, to }, {
  replace: false,
  onBytes: (count) => void Deno.stdout.writeSync(encoder.encode(`${count}\n`)),
});
