import type { ElementName } from "@/lib/pretrained/element_types.ts";
import {
  dropped,
  StorageKind,
  TensorView,
  tensorView,
} from "@/lib/pretrained/pickle/torch_values.ts";

/** What a pickle of weights may call; it gets what stands in the pickle, and nothing of it is trusted. */
type Callable = (...given: unknown[]) => unknown;

/** PyTorch's kinds of storages, by their classes in `torch`. */
const storages: Readonly<Record<string, ElementName>> = {
  DoubleStorage: "F64",
  FloatStorage: "F32",
  HalfStorage: "F16",
  BFloat16Storage: "BF16",
  LongStorage: "I64",
  IntStorage: "I32",
  ShortStorage: "I16",
  CharStorage: "I8",
  ByteStorage: "U8",
  BoolStorage: "BOOL",
};

/**
 * What trainings put beside their weights: their arguments with the folders of clusters, counters, losses, learning rates and random
 * states by numpy, devices, sizes, types and versions. No weights are made of it.
 */
const besideWeights: readonly string[] = [
  "argparse.Namespace",
  "collections.Counter",
  "_codecs.encode",
  ...["pathlib", "pathlib._local"].flatMap((module) =>
    ["Path", "PosixPath", "WindowsPath"].map((name) => `${module}.${name}`)
  ),
  ...["numpy.core", "numpy._core"].flatMap((module) =>
    ["scalar", "_reconstruct"].map((name) => `${module}.multiarray.${name}`)
  ),
  "numpy.dtype",
  "numpy.ndarray",
  ...["builtins", "__builtin__"].flatMap((module) =>
    ["bool", "dict", "float", "int", "list", "set", "str", "tuple"].map((name) =>
      `${module}.${name}`
    )
  ),
  "torch.Size",
  "torch.device",
  "torch.torch_version.TorchVersion",
  ...[
    "float64",
    "float32",
    "float16",
    "bfloat16",
    "int64",
    "int32",
    "int16",
    "int8",
    "uint8",
    "bool",
  ]
    .map((name) => `torch.${name}`),
];

/** The most arguments of a call that is dropped: a path has one for each of its folders. */
const MOST_ARGUMENTS = 20;

/** The most pairs of mappings that are given as lists: one memorised list could be given again and again. */
const MOST_PAIRS = 1_000_000;

/**
 * Everything that a pickle of weights may name, by its module and name in Python, with what stands for it here. Nothing else is there
 * to be named, so that nothing is evaluated.
 */
export function globalsOfWeights(): ReadonlyMap<string, Callable | StorageKind> {
  let pairs = 0;
  const called: Readonly<Record<string, Callable>> = {
    "collections.OrderedDict"(...given) {
      const [items = [], ...others] = given;
      // Python 2 gave its items.
      if (others.length > 0 || !Array.isArray(items)) throw new Error("an OrderedDict is none");
      pairs += items.length;
      if (pairs > MOST_PAIRS) throw new Error("it has more items than any file of weights");
      return new Map(items.map((pair) => pairOf(pair)));
    },
    "collections.defaultdict"(...given) {
      fewer(given, 2);
      return new Map();
    },
    "torch._utils._rebuild_tensor"(...[storage, offset, shape, strides, ...others]) {
      fewer(others, 1);
      return tensorView(storage, { offset, shape, strides });
    },
    "torch._utils._rebuild_tensor_v2"(...[storage, offset, shape, strides, ...others]) {
      // Whether it has a gradient, its hooks, and what is to be remembered of it.
      fewer(others, 4);
      return tensorView(storage, { offset, shape, strides });
    },
    "torch._utils._rebuild_parameter": parameterOf,
    // With what Python code has noted on it.
    "torch._utils._rebuild_parameter_with_state": parameterOf,
  };
  const all: Map<string, Callable | StorageKind> = new Map(Object.entries(called));
  for (const [name, dtype] of Object.entries(storages)) {
    all.set(`torch.${name}`, new StorageKind(dtype));
  }
  for (const name of besideWeights) {
    all.set(name, function (...given: unknown[]) {
      fewer(given, MOST_ARGUMENTS);
      return dropped;
    });
  }
  for (const one of all.values()) Object.freeze(one);
  return all;
}

/** Whether it has a gradient, its hooks and what else is said of it does not matter. */
function parameterOf(...[tensor, ...others]: unknown[]): TensorView {
  fewer(others, 4);
  if (!(tensor instanceof TensorView)) throw new Error("a parameter has no tensor");
  return tensor;
}

/** One call with too many arguments is the last, as they may be a list that costs nothing to name again. */
function fewer(others: readonly unknown[], than: number): void {
  if (others.length >= than) {
    throw new Error("a call has more arguments than any in a file of weights");
  }
}

function pairOf(pair: unknown): readonly [unknown, unknown] {
  if (Array.isArray(pair) && pair.length === 2) return [pair[0], pair[1]];
  throw new Error("an OrderedDict has an item that is no pair");
}
