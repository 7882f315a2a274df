import type { OutsideEncoder } from "@/lib/pretrained/encoders_file.ts";
import { fitLayout } from "@/lib/pretrained/fit_layout.ts";
import { openWeights } from "@/lib/pretrained/open_weights.ts";

/**
 * Finds an encoder's tensors in its file by their names and shapes; their values are not read.
 *
 * @throws {InputError} If the file is no file of weights, or holds not all of the network or more.
 */
export async function checkEncoder({ path, network, layout }: OutsideEncoder): Promise<void> {
  using file = await openWeights(path);
  fitLayout(file, network, layout === undefined ? {} : { layout });
}
