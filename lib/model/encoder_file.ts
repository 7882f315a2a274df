import type { Network } from "@/dsl/mod.ts";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { InputError } from "@/lib/base/errors.ts";
import { writeAtomic } from "@/lib/base/files.ts";
import { type Encoder, encoderOf } from "@/lib/model/encoder.ts";
import type { Weights } from "@/lib/model/parameters.ts";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "@/lib/base/safetensors.ts";
import { fromTorch, torchShape, toTorch } from "@/lib/network/torch_layout.ts";
import { type ParameterKind, sizeOf } from "@/lib/network/mod.ts";

/** A trained encoder: the network's form and its weights. */
export interface TrainedEncoder {
  readonly network: Network;
  readonly weights: Weights;
}

/**
 * Writes an encoder to a safetensors file, with the names and layouts of torchvision's ResNet; equal encoders give equal
 * bytes. The network stands in the metadata.
 */
export async function saveEncoder(path: string, encoder: TrainedEncoder): Promise<void> {
  const { network, weights } = encoder;
  const tensors: Record<string, StoredTensor> = {};
  for (const { name, kind, shape } of tensorsOf(encoderOf(network))) {
    const values = weights[name];
    if (values?.length !== sizeOf(shape)) {
      throw new TypeError(
        `Cannot save "${name}": it has ${values?.length ?? "no"} values, wanted [${shape}]`,
      );
    }
    const torch = toTorch(kind, { shape, values });
    tensors[name] = { dtype: "F32", shape: torch.shape, bytes: littleEndian(torch.values) };
  }
  const metadata = { format: "pt", network: canonicalJson(network) };
  await writeAtomic(path, encodeSafetensors({ tensors, metadata }));
}

/**
 * Reads an encoder from a safetensors file.
 *
 * @param options.network The network, for a file that does not name it (one that PyTorch wrote). Tensors that an encoder
 *   has no use for (a classifier, batch counts) are passed over.
 * @throws {InputError} If the file is damaged, names no network, or lacks a tensor of the wanted shape.
 */
export async function loadEncoder(
  path: string,
  options: { readonly network?: Network } = {},
): Promise<TrainedEncoder> {
  const { tensors, metadata } = decodeSafetensors(await Deno.readFile(path), path);
  const network = options.network ?? networkOf(metadata, path);
  const weights: Record<string, Float32Array> = {};
  const wrong: string[] = [];
  for (const { name, kind, shape } of tensorsOf(encoderOf(network))) {
    const wanted = `F32 [${torchShape(kind, shape)}]`;
    const stored = tensors[name];
    const has = stored ? `${stored.dtype} [${stored.shape}]` : "nothing";
    if (stored === undefined || has !== wanted || stored.bytes.length !== 4 * sizeOf(shape)) {
      wrong.push(`"${name}": the file has ${has}, wanted ${wanted}`);
    } else {
      const values = floats(stored.bytes);
      weights[name] = fromTorch(kind, { shape: stored.shape, values }).values;
    }
  }
  if (wrong.length > 0) {
    const more = wrong.length > 3 ? `; and ${wrong.length - 3} more` : "";
    throw new InputError(
      path,
      wrong.slice(0, 3).join("; ") + more,
      `Give a file of the network ${canonicalJson(network)}`,
    );
  }
  return { network, weights };
}

function networkOf(metadata: Readonly<Record<string, string>>, path: string): Network {
  if (metadata.network !== undefined) return JSON.parse(metadata.network) as Network;
  throw new InputError(
    path,
    `the metadata has no "network" (it has: ${Object.keys(metadata).join(", ") || "nothing"})`,
    "Say which network it is, or use a file that this project wrote",
  );
}

/** All that is stored of an encoder; running statistics are laid out as vectors. */
function tensorsOf(
  encoder: Encoder,
): readonly { name: string; kind: ParameterKind; shape: readonly number[] }[] {
  return [
    ...encoder.parameters,
    ...encoder.statistics.map(({ name, shape }) => ({ name, kind: "offset" as const, shape })),
  ];
}

function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return bytes;
}

function floats(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
