/**
 * A process that ingests an image folder, to be killed on the way: `ingest_process.ts PATH PIXELS OUT UNFINISHED`. Prints
 * how many images are done after each.
 */

import { ingest } from "@/lib/data/ingest.ts";

const [path, pixels, out, folder] = Deno.args as [string, string, string, string];
const encoder = new TextEncoder();
await ingest({ dataset: "image-folder", path }, {
  px: Number(pixels),
  world: { train: 0, test: 0, seed: 0 },
  out,
  unfinished: { folder, identity: "one" },
  onProgress: (done) => void Deno.stdout.writeSync(encoder.encode(`${done}\n`)),
});
