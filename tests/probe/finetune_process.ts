/**
 * A process that runs the small fine-tuning and writes all that it found, to be killed on the way: `finetune_process.ts
 * FOLDER EPOCHS SECONDS OUT`, checkpoints in FOLDER every SECONDS. Prints `done/total` of each step.
 */

import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { finetune } from "@/lib/probe/finetune.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { finetuning, settings } from "@/tests/probe/small_finetuning.ts";

const [folder, epochs, everySeconds, out] = Deno.args as [string, string, string, string];
const encoder = new TextEncoder();

await loadBackend();
const { predictions, ...rest } = await finetune({
  ...finetuning,
  settings: { ...settings, epochs: Number(epochs) },
  checkpoints: { folder, identity: "small", everySeconds: Number(everySeconds) },
  onProgress: (done, total) => Deno.stdout.writeSync(encoder.encode(`${done}/${total}\n`)),
});
await Deno.writeTextFile(out, canonicalJson({ predictions: [...predictions], ...rest }));
