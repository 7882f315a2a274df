import { InputError } from "@/lib/base/errors.ts";
import { sha256File } from "@/lib/base/sha256.ts";
import { unreadable } from "@/lib/base/text_lines.ts";
import type { InfoOf } from "@/lib/plan/mod.ts";
import { importEncoder } from "@/lib/pretrained/import_encoder.ts";
import type { LayoutName } from "@/lib/pretrained/mod.ts";
import { writeArray } from "@/lib/run/arrays.ts";
import type { Job } from "@/lib/run/job.ts";

/** Reads an encoder from outside, and saves it as those are that this project trains. */
export async function work({ step, weights, out }: Job<"import">): Promise<InfoOf<"import">> {
  const { sha256, network, layout } = step.spec;
  if (weights === null) {
    throw new InputError(
      `Step ${step.label}`,
      "its file of weights is not known",
      "Give the same --encoders file as when it was planned",
    );
  }
  const { path, source = null, licence = null } = weights;
  const found = await sha256File(path).catch((error) => {
    throw unreadable(path, error);
  });
  if (found !== sha256) {
    throw new InputError(
      path,
      `the file's SHA-256 is ${found}, and was ${sha256} when it was planned`,
      "Put the file back, or plan anew",
    );
  }
  // Whoever reads encoders.yaml has checked it.
  const options = layout === undefined ? {} : { layout: layout as LayoutName };
  const read = await importEncoder(path, network, options);
  await writeArray(`${out}/encoder.safetensors`, read.bytes);
  return {
    layout: read.layout,
    dropped: Object.fromEntries(read.dropped),
    source,
    licence,
  };
}
