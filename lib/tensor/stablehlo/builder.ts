import { constantText, splatText } from "@/lib/tensor/stablehlo/constant_text.ts";
import {
  type ElementType,
  signature,
  type TensorType,
  typeText,
} from "@/lib/tensor/stablehlo/types.ts";

/** A value in a program that is being written. */
export interface Value extends TensorType {
  /** As the program names it: `%7`. */
  readonly name: string;
}

/** Writes the body of a program, op by op. Every op is pure: what was written once is not written again. */
export interface Builder {
  /**
   * Writes an op with one result.
   *
   * @param text All that follows the equals sign.
   */
  result(text: string, type: TensorType): Value;
  /** Writes an op with several results. */
  results(text: string, types: readonly TensorType[]): Value[];
  /** An op of values of one type that gives the same: `add`, `exponential`, `clamp`. */
  elementwise(name: string, operands: readonly Value[]): Value;
  /** Where x and y, of one type, stand in a relation. */
  compare(
    relation: "EQ" | "NE" | "LT" | "LE" | "GT" | "GE",
    operands: readonly [Value, Value],
  ): Value;
  /** The first of two values where a condition holds, else the second; all of one shape, or the condition a scalar. */
  select(condition: Value, branches: readonly [Value, Value]): Value;
  /** The values in another element type. */
  convert(x: Value, element: ElementType): Value;
  /** One number throughout. */
  splat(value: number, type: TensorType): Value;
  /** @param bytes As TensorFlow holds them. */
  constant(bytes: Uint8Array, type: TensorType): Value;
  /** 0, 1, 2, … along an axis. */
  iota(type: TensorType, axis: number): Value;
  /**
   * Repeats values to a larger shape.
   *
   * @param axes Where each axis of x comes to lie; by default the last ones, as NumPy broadcasts.
   */
  broadcast(x: Value, shape: readonly number[], axes?: readonly number[]): Value;
  reshape(x: Value, shape: readonly number[]): Value;
  transpose(x: Value, order: readonly number[]): Value;
  /** From start to before limit along each axis, in steps (1 by default). */
  slice(
    x: Value,
    cut: { start: readonly number[]; limit: readonly number[]; steps?: readonly number[] },
  ): Value;
  /** A value before, after and between the elements of each axis; fewer than 0 before or after cuts off. */
  pad(
    x: Value,
    padding: {
      before: readonly number[];
      after: readonly number[];
      between?: readonly number[];
      /** A scalar; 0 by default. */
      value?: Value;
    },
  ): Value;
  concatenate(xs: readonly Value[], axis: number): Value;
  reverse(x: Value, axes: readonly number[]): Value;
  /**
   * Reduces along axes, which are gone then.
   *
   * @param name Of an op of two values: `add`, `maximum`, `and`.
   * @param over.initial What it starts with, the op's neutral number.
   */
  reduce(name: string, x: Value, over: { axes: readonly number[]; initial: number }): Value;
  /** What was written, a line an op. */
  readonly lines: readonly string[];
}

/** An empty body. */
export function builder(): Builder {
  const lines: string[] = [];
  const written = new Map<string, readonly Value[]>();
  let named = 0;

  function results(text: string, types: readonly TensorType[]): Value[] {
    const known = written.get(text);
    if (known !== undefined) return [...known];
    const name = `%${named++}`;
    const single = types.length === 1;
    lines.push(`${single ? name : `${name}:${types.length}`} = ${text}`);
    const values = types.map((type, i) => ({
      name: single ? name : `${name}#${i}`,
      shape: [...type.shape],
      element: type.element,
    }));
    written.set(text, values);
    return [...values];
  }

  function result(text: string, type: TensorType): Value {
    return results(text, [type])[0]!;
  }

  const names = (values: readonly Value[]) => values.map(({ name }) => name).join(", ");
  const same = (a: readonly number[], b: readonly number[]) =>
    a.length === b.length && a.every((length, i) => length === b[i]);
  const list = (numbers: readonly number[]) => `[${numbers.join(", ")}]`;

  /** An op whose text ends with what it takes and gives. */
  function typed(text: string, takes: readonly TensorType[], gives: TensorType): Value {
    return result(`stablehlo.${text} : ${signature(takes, [gives])}`, gives);
  }

  const self: Builder = {
    lines,
    result,
    results,
    elementwise(name, operands) {
      const type = operands[0]!;
      return result(`stablehlo.${name} ${names(operands)} : ${typeText(type)}`, type);
    },
    compare(relation, operands) {
      const type = { shape: operands[0].shape, element: "i1" } as const;
      return typed(`compare ${relation}, ${names(operands)}`, operands, type);
    },
    select(condition, branches) {
      const types = `${typeText(condition)}, ${typeText(branches[0])}`;
      return result(`stablehlo.select ${names([condition, ...branches])} : ${types}`, branches[0]);
    },
    convert(x, element) {
      if (x.element === element) return x;
      return typed(`convert ${x.name}`, [x], { shape: x.shape, element });
    },
    splat: (value, type) => result(`stablehlo.constant ${splatText(value, type)}`, type),
    constant(bytes, type) {
      if (type.element !== "i1") {
        return result(`stablehlo.constant ${constantText(bytes, type)}`, type);
      }
      // How the bytes of a list of bools lie differs from version to version.
      const numbers = self.constant(bytes, { ...type, element: "ui8" });
      return self.compare("NE", [numbers, self.splat(0, numbers)]);
    },
    iota: (type, axis) => result(`stablehlo.iota dim = ${axis} : ${typeText(type)}`, type),
    broadcast(x, shape, axes) {
      if (axes === undefined && same(x.shape, shape)) return x;
      const first = shape.length - x.shape.length;
      const places = axes ?? x.shape.map((_, axis) => first + axis);
      const type = { shape, element: x.element };
      return typed(`broadcast_in_dim ${x.name}, dims = ${list(places)}`, [x], type);
    },
    reshape(x, shape) {
      if (same(x.shape, shape)) return x;
      return typed(`reshape ${x.name}`, [x], { shape, element: x.element });
    },
    transpose(x, order) {
      if (order.every((axis, i) => axis === i)) return x;
      const type = { shape: order.map((axis) => x.shape[axis]!), element: x.element };
      return typed(`transpose ${x.name}, dims = ${list(order)}`, [x], type);
    },
    slice(x, { start, limit, steps = x.shape.map(() => 1) }) {
      const shape = x.shape.map((_, i) =>
        Math.max(0, Math.ceil((limit[i]! - start[i]!) / steps[i]!))
      );
      if (same(shape, x.shape)) return x;
      const ranges = x.shape.map((_, i) => `${start[i]}:${limit[i]}:${steps[i]}`);
      return typed(`slice ${x.name} [${ranges.join(", ")}]`, [x], { shape, element: x.element });
    },
    pad(x, { before, after, between = x.shape.map(() => 0), value }) {
      const shape = x.shape.map((length, i) =>
        before[i]! + after[i]! + length + between[i]! * Math.max(0, length - 1)
      );
      if ([before, after, between].every((lengths) => lengths.every((length) => length === 0))) {
        return x;
      }
      const filling = value ?? self.splat(0, { shape: [], element: x.element });
      const places = `low = ${list(before)}, high = ${list(after)}, interior = ${list(between)}`;
      const type = { shape, element: x.element };
      return typed(`pad ${x.name}, ${filling.name}, ${places}`, [x, filling], type);
    },
    concatenate(xs, axis) {
      if (xs.length === 1) return xs[0]!;
      const shape = [...xs[0]!.shape];
      shape[axis] = xs.reduce((sum, x) => sum + x.shape[axis]!, 0);
      const type = { shape, element: xs[0]!.element };
      return typed(`concatenate ${names(xs)}, dim = ${axis}`, xs, type);
    },
    reverse(x, axes) {
      if (axes.length === 0) return x;
      return result(`stablehlo.reverse ${x.name}, dims = ${list(axes)} : ${typeText(x)}`, x);
    },
    reduce(name, x, { axes, initial }) {
      if (axes.length === 0) return x;
      const start = self.splat(initial, { shape: [], element: x.element });
      const shape = x.shape.filter((_, axis) => !axes.includes(axis));
      const text = `reduce(${x.name} init: ${start.name}) applies stablehlo.${name} ` +
        `across dimensions = ${list(axes)}`;
      return typed(text, [x, start], { shape, element: x.element });
    },
  };
  return self;
}

/** The body of an op that folds values: a function of two scalars, as a region. */
export function folding(name: string, element: ElementType): string {
  const type = typeText({ shape: [], element });
  return `{ ^bb0(%a: ${type}, %b: ${type}): %c = stablehlo.${name} %a, %b : ${type} ` +
    `stablehlo.return %c : ${type} }`;
}
