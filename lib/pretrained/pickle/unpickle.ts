import { Parser } from "pickleparser";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { globalsOfWeights } from "@/lib/pretrained/pickle/globals.ts";
import { GuardedReader } from "@/lib/pretrained/pickle/guarded_reader.ts";
import { count, StorageKind, StoragePart } from "@/lib/pretrained/pickle/torch_values.ts";

/** The longest pickle that is read, weights not counted. */
export const LONGEST_PICKLE = 1 << 24;

/** A pickle's value, and what it says of weights that are elsewhere. */
export interface Unpickled {
  readonly value: unknown;
  /** Of the pickle, in bytes. */
  readonly length: number;
  /** Every storage that it refers to, whole, by its name in the file. */
  readonly storages: ReadonlyMap<string, StoragePart>;
}

/**
 * Reads a pickle of PyTorch's as data: mappings as `Map`, tuples and lists as arrays, tensors as `TensorView`. Nothing of it is
 * evaluated.
 *
 * @param bytes Where it begins; it may end before they do.
 * @throws {InputError} If it is none, names anything but what weights are made of, or costs more than weights do.
 */
export function unpickle(bytes: Uint8Array, path: string): Unpickled {
  const globals = globalsOfWeights();
  const storages = new Map<string, StoragePart>();
  const reader = new GuardedReader(bytes);
  const parser = new Parser({
    unpicklingTypeOfDictionary: "Map",
    unpicklingTypeOfSet: "Set",
    nameResolver: {
      resolve(module, name) {
        const found = globals.get(`${module}.${name}`);
        if (found === undefined) throw refusal(path, `${module}.${name}`);
        // The parser only hands it on; what is called though it is no function ends the reading.
        return found as () => unknown;
      },
    },
    // PyTorch's are tuples, where the parser's type has texts.
    persistentResolver: { resolve: (id: unknown) => storagePart(id, storages) },
  });
  try {
    return { value: parser.read(reader), length: reader.position, storages };
  } catch (error) {
    if (error instanceof InputError) throw error;
    // What the parser trips over, in its own words of JavaScript.
    const isTrip = error instanceof TypeError || error instanceof RangeError;
    const why = isTrip ? "its instructions do not fit together" : messageOf(error);
    throw new InputError(
      path,
      `it is not a whole file of PyTorch's: ${why}`.replace(/\.$/, ""),
      "Fetch the file again",
    );
  }
}

/** What stands for a storage in a pickle: ("storage", kind, key, device, elements), in older files with the part that is meant. */
function storagePart(id: unknown, storages: Map<string, StoragePart>): StoragePart {
  if (!Array.isArray(id) || id[0] !== "storage") throw new Error("it refers to what is no storage");
  const [, kind, key, , elements, part] = id;
  if (!(kind instanceof StorageKind) || typeof key !== "string") {
    throw new Error("a storage has no kind and name");
  }
  const whole = new StoragePart(key, kind.dtype, 0, count(elements));
  const known = storages.get(key) ?? whole;
  if (known.dtype !== whole.dtype || known.elements !== whole.elements) {
    throw new Error(`the storage "${key}" is ${known.dtype} of ${known.elements} and another`);
  }
  storages.set(key, whole);
  if (part === undefined || part === null) return whole;
  const [, begin, length] = Array.isArray(part) ? part : [];
  const view = new StoragePart(key, kind.dtype, count(begin), count(length));
  if (view.begin + view.elements <= whole.elements) return view;
  throw new Error(`a part of the storage "${key}" is longer than it`);
}

/** What no weights are made of, by how its name begins. */
const foreign: readonly {
  readonly of: RegExp;
  readonly problem: (name: string) => string;
  readonly remedy: string;
}[] = [
  {
    of: /^(torch\.nn\.|torchvision\.|timm\.)/,
    problem: (name) => `it is a whole network (${name}), which only its own code can read`,
    remedy: "Save its weights alone",
  },
  {
    of: /^torch\.(_utils\._rebuild_|_tensor\._rebuild_|\w+Storage$|per_)/,
    problem: (name) => `it has weights that are quantised, sparse or of a rare type (${name})`,
    remedy: "Save them as float32, each of its numbers",
  },
  {
    of: /^torch\.distributed\./,
    problem: (name) => `it has weights that are spread over processes (${name})`,
    remedy: "Gather them in one, and save them there",
  },
  {
    of: /^/,
    problem: (name) =>
      `it names ${name}, which is no part of weights, and nothing of a file is run`,
    remedy: "If you trust it, load it and save its weights alone",
  },
];

function refusal(path: string, name: string): InputError {
  const { problem, remedy } = foreign.find(({ of }) => of.test(name))!;
  return new InputError(
    path,
    problem(name),
    `${remedy}, in Python: torch.save(model.state_dict(), "weights.pth")`,
  );
}
