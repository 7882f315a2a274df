import { InputError } from "@/lib/base/errors.ts";
import type { FileBytes } from "@/lib/pretrained/file_bytes.ts";
import {
  storageBytes,
  type StoragePlace,
  torchWeights,
} from "@/lib/pretrained/formats/torch_tensors.ts";
import { LONGEST_PICKLE, unpickle } from "@/lib/pretrained/pickle/unpickle.ts";
import type { WeightFile } from "@/lib/pretrained/weight_file.ts";

/** PyTorch's magic number, 0x1950a86a20f9469cfc6c, as it stands in its pickle. */
export const legacyMagic = Uint8Array.of(
  ...[0x8a, 0x0a],
  ...[0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19],
);

const PROTOCOL = 1001;

/**
 * Opens a file of PyTorch before 1.6: pickles in a row (magic number, version, machine, content, names of storages), and then the
 * storages, each with its number of elements before it.
 *
 * The machine's order of bytes does not matter: storages were written as little-endian by all.
 *
 * @throws {InputError} If it is none, or not whole.
 */
export async function openTorchLegacy(file: FileBytes): Promise<WeightFile> {
  const { path, size } = file;
  const bytes = await file.read(0, Math.min(size, LONGEST_PICKLE));
  let at = 0;
  const next = () => {
    const one = unpickle(bytes.subarray(at), path);
    at += one.length;
    return one;
  };
  next();
  const version = next().value;
  if (version !== PROTOCOL) {
    throw broken(path, `its version is ${String(version)}, and ${PROTOCOL} is known`);
  }
  next();
  const content = next();
  const keys = next().value;
  if (!Array.isArray(keys)) throw broken(path, "it has no list of its storages");
  const places = new Map<string, StoragePlace>();
  for (const key of keys) {
    const storage = content.storages.get(key);
    if (storage === undefined || places.has(key)) {
      throw broken(
        path,
        `its list of storages has "${String(key)}", which is unknown or twice there`,
      );
    }
    const head = await file.read(at, LENGTH_BYTES);
    const elements = new DataView(head.buffer).getBigInt64(0, true);
    if (elements !== BigInt(storage.elements)) {
      throw broken(
        path,
        `the storage "${key}" has ${elements} elements, and should have ${storage.elements}`,
      );
    }
    const length = storageBytes(storage);
    at += LENGTH_BYTES;
    if (at + length > size) {
      throw broken(
        path,
        `the storage "${key}" should end at byte ${at + length}, and it has ${size}`,
      );
    }
    places.set(key, { begin: at, bytes: length });
    at += length;
  }
  return torchWeights(file, { ...content, places, isBigEndian: false });
}

const LENGTH_BYTES = 8;

function broken(path: string, problem: string): InputError {
  return new InputError(path, problem, "Fetch the file again");
}
