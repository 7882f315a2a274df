import type { OutsideEncoder } from "@/lib/pretrained/encoders_file.ts";
import { fitLayout } from "@/lib/pretrained/fit_layout.ts";
import { encoderTensors } from "@/lib/pretrained/import_encoder.ts";
import { openWeights } from "@/lib/pretrained/open_weights.ts";

/**
 * Makes sure that an encoder can be read from its file, a tensor at a time.
 *
 * @throws {InputError} If the file is no file of weights, holds not all of the network or more, or numbers that are none.
 */
export async function checkEncoder({ path, network, layout }: OutsideEncoder): Promise<void> {
  using file = await openWeights(path);
  const { names } = fitLayout(file, network, layout === undefined ? {} : { layout });
  for await (const _ of encoderTensors(file, network, { names }));
}
