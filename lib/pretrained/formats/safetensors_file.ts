import { InputError } from "@/lib/base/errors.ts";
import { readSafetensorsHeader, safetensorsDataBegin } from "@/lib/base/safetensors.ts";
import { elementType } from "@/lib/pretrained/element_types.ts";
import type { FileBytes } from "@/lib/pretrained/file_bytes.ts";
import { elementsOf, type WeightFile } from "@/lib/pretrained/weight_file.ts";

/** The longest header that the format allows. */
const LONGEST_HEADER = 100_000_000;

/**
 * Opens a safetensors file.
 *
 * @throws {InputError} If it is not whole, or a tensor's bytes are not as many as its shape says.
 */
export async function openSafetensors(file: FileBytes): Promise<WeightFile> {
  const { path, size } = file;
  const first = await file.read(0, Math.min(8, size));
  const dataBegin = safetensorsDataBegin(first, { place: path, size });
  if (dataBegin > LONGEST_HEADER) {
    throw lies(path, `its header should have ${dataBegin} bytes, and may have ${LONGEST_HEADER}`);
  }
  const { entries } = readSafetensorsHeader(await file.read(0, dataBegin), {
    place: path,
    dataBytes: size - dataBegin,
  });
  for (const [name, { dtype, shape, begin, end }] of entries) {
    const width = elementType(dtype)?.bytes;
    if (width !== undefined && elementsOf(shape) * width !== end - begin) {
      throw lies(path, `"${name}" is ${dtype} [${shape}] in ${end - begin} bytes`);
    }
  }
  return {
    path,
    tensors: entries,
    async values(name) {
      const { dtype, begin, end } = entries.get(name)!;
      const floats = elementType(dtype)?.floats;
      if (floats === undefined) {
        throw new InputError(path, `"${name}" is ${dtype}`, "Save its weights as float32");
      }
      return floats(await file.read(dataBegin + begin, end - begin));
    },
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}

function lies(path: string, problem: string): InputError {
  return new InputError(path, `not a whole safetensors file, ${problem}`, "Fetch the file again");
}
