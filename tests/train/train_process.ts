/**
 * A process that runs the small pretraining and writes its encoder, to be killed on the way:
 * `train_process.ts FOLDER EPOCHS SECONDS OUT [DEVICE]`, checkpoints in FOLDER every SECONDS. Prints `done/total` of each step.
 */

import { saveEncoder } from "@/lib/model/encoder_file.ts";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { pretrain } from "@/lib/train/pretrain.ts";
import { contrastive, recipe } from "@/tests/train/small_training.ts";

const [folder, epochs, everySeconds, out, device = "cpu"] = Deno.args as [
  string,
  string,
  string,
  string,
  string?,
];
const encoder = new TextEncoder();
const say = (text: string) => Deno.stdout.writeSync(encoder.encode(`${text}\n`));

await loadBackend({ device });
try {
  const { weights } = await pretrain({
    ...contrastive,
    training: { ...recipe, epochs: Number(epochs), batch: 8 },
    checkpoints: { folder, identity: "small", everySeconds: Number(everySeconds) },
    onProgress: (done, total) => say(`${done}/${total}`),
  });
  await saveEncoder(out, { network: contrastive.network, weights });
} catch (error) {
  say(String(error));
  Deno.exit(1);
}
