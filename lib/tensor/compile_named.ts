import * as tf from "@tensorflow/tfjs";
import { compile, type CompiledFunction, type CompileOptions } from "@/lib/tensor/compile.ts";

/** A function of named tensors that runs as one {@linkcode CompiledFunction}. */
export interface NamedFunction<Inputs, Outputs> {
  /** The inputs are left as they are, but for those that it consumes; the outputs are the caller's to dispose. */
  (inputs: Inputs): Promise<Outputs>;
  dispose(): void;
}

/** How a function of named tensors is compiled: as any other, but that its inputs have names. */
export interface NamedOptions<Inputs> extends Pick<CompileOptions, "name" | "tolerance"> {
  /** Inputs that a call consumes, with all that is in them. */
  readonly donates?: readonly (keyof Inputs & string)[];
  /** Inputs that hold a batch along their first axis, with all that is in them. */
  readonly batched?: readonly (keyof Inputs & string)[];
}

/** The places of named tensors in a list, under the same names. */
type Places = number | readonly Places[] | { readonly [name: string]: Places };

/**
 * {@linkcode compile} for a function whose tensors have names: it takes an object of tensors, of lists of them and of objects
 * of such, and gives another. What is traced depends on names, shapes and data types, and on no order of names.
 *
 * @param fn As for `compile()`; the names of its outputs depend on those of its inputs alone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { compileNamed, disposeNamed, loadBackend } from "@/lib/tensor/mod.ts";
 *
 * await loadBackend();
 * const move = compileNamed(({ point, rates }: { point: tf.Tensor; rates: tf.Tensor[] }) => ({
 *   moved: rates.map((rate) => tf.sub(point, rate)),
 * }));
 * const inputs = { rates: [tf.scalar(1), tf.scalar(2)], point: tf.scalar(5) };
 * const { moved } = await move(inputs);
 * assert.deepEqual(moved.map((one) => one.arraySync()), [4, 3]);
 * disposeNamed([inputs, moved]);
 * move.dispose();
 * ```
 */
export function compileNamed<Inputs extends object, Outputs extends object>(
  fn: (inputs: Inputs) => Outputs,
  options: NamedOptions<Inputs> = {},
): NamedFunction<Inputs, Outputs> {
  interface Compiled {
    readonly call: CompiledFunction;
    outputs: Places;
  }
  const { donates = [], batched = [], ...others } = options;
  const known = new Map<string, Compiled>();

  function compiledFor(inputs: Places): Compiled {
    const id = JSON.stringify(inputs);
    const found = known.get(id);
    if (found !== undefined) return found;
    const call = compile((tensors) => {
      const list: tf.Tensor[] = [];
      compiled.outputs = toList(fn(fromList(inputs, tensors) as Inputs), list);
      return list;
    }, {
      name: fn.name,
      ...others,
      donates: placesIn(inputs, donates),
      batched: placesIn(inputs, batched),
    });
    const compiled: Compiled = { call, outputs: [] };
    known.set(id, compiled);
    return compiled;
  }

  const call = async (inputs: Inputs): Promise<Outputs> => {
    const list: tf.Tensor[] = [];
    const compiled = compiledFor(toList(inputs, list));
    const results = await compiled.call(list);
    return fromList(compiled.outputs, results) as Outputs;
  };
  return Object.assign(call, {
    dispose() {
      for (const { call } of known.values()) call.dispose();
    },
  });
}

/** Disposes named tensors, in lists and objects too; those disposed before are no error. */
export function disposeNamed(tensors: object): void {
  tf.dispose(tensors as tf.TensorContainer);
}

/** The same tensors once more, which share their values; the caller disposes them. */
export function cloneNamed<Tensors extends object>(tensors: Tensors): Tensors {
  const list: tf.Tensor[] = [];
  const places = toList(tensors, list);
  return fromList(places, list.map((tensor) => tf.clone(tensor))) as Tensors;
}

/** Puts tensors at the end of a list, names sorted, and tells their places. */
function toList(named: object, list: tf.Tensor[]): Places {
  if (named instanceof tf.Tensor) return list.push(named) - 1;
  if (Array.isArray(named)) return named.map((one) => toList(one, list));
  const entries = Object.entries(named).sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(entries.map(([name, one]) => [name, toList(one, list)]));
}

/** The places of all that is under some names. */
function placesIn(places: Places, names: readonly string[]): number[] {
  const all = (one: Places): number[] =>
    typeof one === "number" ? [one] : Object.values(one).flatMap(all);
  return names.flatMap((name) => {
    const one = (places as { readonly [name: string]: Places })[name];
    return one === undefined ? [] : all(one);
  });
}

/** The tensors of a list under their names. */
function fromList(places: Places, list: readonly tf.Tensor[]): unknown {
  if (typeof places === "number") return list[places]!;
  if (Array.isArray(places)) return places.map((one) => fromList(one, list));
  return Object.fromEntries(
    Object.entries(places).map(([name, one]) => [name, fromList(one, list)]),
  );
}
