import { InputError } from "@/lib/base/errors.ts";
import {
  type ElementName,
  elementType,
  elementTypes,
  swapBytes,
} from "@/lib/pretrained/element_types.ts";
import type { FileBytes } from "@/lib/pretrained/file_bytes.ts";
import { spanOf, type StoragePart, TensorView } from "@/lib/pretrained/pickle/torch_values.ts";
import type { Unpickled } from "@/lib/pretrained/pickle/unpickle.ts";
import { elementsOf, type TensorForm, type WeightFile } from "@/lib/pretrained/weight_file.ts";

/** Where a storage's numbers are in the file, in bytes. */
export interface StoragePlace {
  readonly begin: number;
  readonly bytes: number;
}

/** What of a file of PyTorch's is known once its pickle is read. */
export interface TorchContent extends Unpickled {
  /** By the names that the pickle has for storages. */
  readonly places: ReadonlyMap<string, StoragePlace>;
  readonly isBigEndian: boolean;
}

/**
 * The tensors of a file of PyTorch's.
 *
 * @throws {InputError} If it holds no names with tensors, or a storage is not there or shorter than the pickle says.
 */
export function torchWeights(file: FileBytes, content: TorchContent): WeightFile {
  const { path } = file;
  const { places, isBigEndian } = content;
  for (const [key, storage] of content.storages) checkPlace(path, storage, places.get(key));
  const views = viewsOf(content.value, path);
  const forms = [...views].map(([name, { storage, shape }]): [string, TensorForm] => [
    name,
    { dtype: storage.dtype, shape },
  ]);
  return {
    path,
    tensors: new Map(forms),
    async values(name) {
      const { storage, offset, shape, strides } = views.get(name)!;
      const { bytes: width, floats } = elementType(storage.dtype)!;
      if (floats === undefined) {
        throw new InputError(path, `"${name}" is ${storage.dtype}`, "Save its weights as float32");
      }
      if (elementsOf(shape) === 0) return new Float32Array();
      const place = places.get(storage.key)!;
      const span = spanOf(shape, strides);
      const bytes = await file.read(place.begin + offset * width, span * width);
      if (isBigEndian) swapBytes(bytes, width);
      return inRows(floats(bytes), shape, strides);
    },
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}

/** A type's width by a storage. */
export function storageBytes({ dtype, elements }: StoragePart): number {
  return elementTypes[dtype satisfies ElementName].bytes * elements;
}

function checkPlace(path: string, storage: StoragePart, place: StoragePlace | undefined): void {
  const wanted = storageBytes(storage);
  if (place !== undefined && place.bytes >= wanted) return;
  throw new InputError(
    path,
    `the storage "${storage.key}" should have ${wanted} bytes, and ${
      place === undefined ? "is not there" : `has ${place.bytes}`
    }`,
    "Fetch the file again",
  );
}

/** The elements of a tensor in row-major order. */
function inRows(
  span: Float32Array,
  shape: readonly number[],
  strides: readonly number[],
): Float32Array {
  if (isInRows(shape, strides)) return span;
  const values = new Float32Array(elementsOf(shape));
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < values.length; to++) {
    values[to] = span[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return values;
}

/** Whether a tensor's elements lie in row-major order, with nothing between them. */
function isInRows(shape: readonly number[], strides: readonly number[]): boolean {
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== stride) return false;
    stride *= shape[axis]!;
  }
  return true;
}

/** Mappings in one another, and names in all of them: no checkpoint comes near, and a pickle can have endless ones. */
const DEEPEST = 32, MOST_NAMES = 1_000_000;

/** Names that are no tensor's, nor a layer's. */
const noNames: readonly string[] = ["__proto__", "constructor", "prototype"];

/** The tensors of mappings in one another, by their names with dots between. */
function viewsOf(root: unknown, path: string): ReadonlyMap<string, TensorView> {
  const refused = (problem: string) =>
    new InputError(
      path,
      problem,
      'Save the weights alone, in Python: torch.save(model.state_dict(), "weights.pth")',
    );
  if (!(root instanceof Map)) throw refused("it holds no names with tensors");
  const views = new Map<string, TensorView>();
  let names = 0;
  const visit = (mapping: ReadonlyMap<unknown, unknown>, prefix: string, depth: number): void => {
    if (depth > DEEPEST) throw refused(`its mappings are more than ${DEEPEST} deep in one another`);
    for (const [key, value] of mapping) {
      if (++names > MOST_NAMES) throw refused(`it has more than ${MOST_NAMES} names`);
      if (noNames.includes(String(key))) throw refused(`it has the name "${key}"`);
      const name = `${prefix}${key}`;
      if (value instanceof Map) visit(value, `${name}.`, depth + 1);
      else if (value instanceof TensorView) {
        // The name of one may have dots, where those of others stand between names.
        if (views.has(name)) throw refused(`it has two tensors of the name "${name}"`);
        views.set(name, value);
      }
    }
  };
  visit(root, "", 1);
  if (views.size === 0) throw refused("it holds no tensors by names");
  return views;
}
