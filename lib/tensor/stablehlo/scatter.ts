import { sizeOf } from "@/lib/tensor/data_types.ts";
import { type Builder, folding, type Value } from "@/lib/tensor/stablehlo/builder.ts";
import { inFloat32 } from "@/lib/tensor/stablehlo/in_float32.ts";
import type { Lowering } from "@/lib/tensor/stablehlo/op_call.ts";
import { signature, typeText } from "@/lib/tensor/stablehlo/types.ts";

/** What goes where. */
interface Scattering {
  /** `[…, depth]` or, where `vector` is their rank, numbers that are an index each. */
  readonly indices: Value;
  readonly updates: Value;
  /** The axis of the indices along which the numbers of one index lie. */
  readonly vector: number;
  /** How many numbers an index has. */
  readonly depth: number;
  /** Whether what meets is added up; else one of it stays. */
  readonly add: boolean;
}

/** Puts parts into a tensor at indices of its first axes. */
function scatter(b: Builder, into: Value, how: Scattering): Value {
  const { indices, updates, vector, depth, add } = how;
  const batch = vector, windows = updates.shape.map((_, i) => i).slice(batch);
  const places = Array.from({ length: depth }, (_, i) => i);
  const type = typeText({ shape: [], element: into.element });
  const region = add
    ? folding("add", into.element)
    : `{ ^bb0(%a: ${type}, %b: ${type}): stablehlo.return %b : ${type} }`;
  return b.result(
    `"stablehlo.scatter"(${into.name}, ${indices.name}, ${updates.name}) <{` +
      `scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [${windows}], ` +
      `inserted_window_dims = [${places}], scatter_dims_to_operand_dims = [${places}], ` +
      `index_vector_dim = ${vector}>, indices_are_sorted = false, unique_indices = false}> ` +
      `(${region}) : ${signature([into, indices, updates], [into])}`,
    into,
  );
}

/** Adds parts up at indices, from zeros; bfloat16 in float32. */
function sumAt(b: Builder, shape: readonly number[], how: Omit<Scattering, "add">): Value {
  return inFloat32(b, how.updates, (updates) => {
    const zeros = b.splat(0, { shape, element: updates.element });
    return scatter(b, zeros, { ...how, updates, add: true });
  });
}

/**
 * Ops that put parts into a tensor by indices. A device cannot refuse an index that is out of bounds, as TensorFlow does:
 * what should go there is left out.
 */
export const scatters = {
  Bincount: ({ b, input, output }) => {
    const size = sizeOf(input(0).shape);
    const given = sizeOf(input(2).shape) > 0;
    const updates = given ? input(2) : b.splat(1, { shape: [size], element: output.element });
    return sumAt(b, output.shape, {
      indices: b.reshape(input(0), [size]),
      updates: b.reshape(updates, [size]),
      vector: 1,
      depth: 1,
    });
  },
  ScatterNd: ({ b, input, output }) => {
    const rank = input(0).shape.length;
    const [indices, updates] = [input(0), input(1)];
    const depth = indices.shape[rank - 1]!;
    return sumAt(b, output.shape, { indices, updates, vector: rank - 1, depth });
  },
  SparseToDense: ({ b, input, output }) => {
    const [given, values] = [input(0), input(2)];
    const depth = output.shape.length;
    const count = given.shape.length === 0 ? 1 : given.shape[0]!;
    const indices = b.reshape(given, [count, depth]);
    const updates = b.broadcast(values, [count]);
    const into = b.broadcast(input(3), output.shape);
    return scatter(b, into, { indices, updates, vector: 1, depth, add: false });
  },
  TensorScatterUpdate: ({ b, input }) => {
    const [indices, updates] = [input(1), input(2)];
    const vector = indices.shape.length - 1, depth = indices.shape[vector]!;
    return scatter(b, input(0), { indices, updates, vector, depth, add: false });
  },
  UnsortedSegmentSum: ({ b, input, output }) => {
    const [updates, indices] = [input(0), input(1)];
    return sumAt(b, output.shape, { indices, updates, vector: indices.shape.length, depth: 1 });
  },
} satisfies Record<string, Lowering>;
