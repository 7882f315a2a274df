import type { Network } from "@/dsl/network.ts";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { InputError } from "@/lib/base/errors.ts";
import { encodeSafetensors, type StoredTensor } from "@/lib/base/safetensors.ts";
import { type Fit, fitLayout, torchTensors } from "@/lib/pretrained/fit_layout.ts";
import type { LayoutName } from "@/lib/pretrained/layouts.ts";
import { openWeights } from "@/lib/pretrained/open_weights.ts";
import type { WeightFile } from "@/lib/pretrained/weight_file.ts";

/** An encoder from outside, as a file of this project's. */
export interface ImportedEncoder extends Pick<Fit, "layout" | "dropped"> {
  /** A safetensors file with the network in its metadata, as `loadEncoder()` reads it. */
  readonly bytes: Uint8Array;
}

/**
 * Reads an encoder from a file of weights.
 *
 * @param options As `fitLayout()` has them.
 * @throws {InputError} If the file is none, holds not all of the network or more, or numbers that are none.
 */
export async function importEncoder(
  path: string,
  network: Network,
  options: { readonly layout?: LayoutName } = {},
): Promise<ImportedEncoder> {
  using file = await openWeights(path);
  const { layout, dropped, names } = fitLayout(file, network, options);
  const tensors: Record<string, StoredTensor> = {};
  for await (const { name, shape, values } of encoderTensors(file, network, { names })) {
    tensors[name] = { dtype: "F32", shape, bytes: new Uint8Array(values.buffer) };
  }
  const metadata = { format: "pt", network: canonicalJson(network) };
  return { layout, dropped, bytes: encodeSafetensors({ tensors, metadata }) };
}

/**
 * The tensors of an encoder by its own names, one at a time.
 *
 * @param fit Where they are in the file.
 * @throws {InputError} If one has no floats, or numbers that are none.
 */
export async function* encoderTensors(
  file: WeightFile,
  network: Network,
  { names }: Pick<Fit, "names">,
): AsyncGenerator<
  { readonly name: string; readonly shape: readonly number[]; readonly values: Float32Array }
> {
  for (const { name, shape } of torchTensors(network)) {
    const found = names.get(name)!;
    const values = await file.values(found);
    if (!values.every(Number.isFinite)) {
      throw new InputError(
        file.path,
        `"${found}" has values that are no numbers, or infinite`,
        "Its training had failed: use another checkpoint",
      );
    }
    yield { name, shape, values };
  }
}
