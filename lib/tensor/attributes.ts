import type { Pointer } from "@/lib/tensor/c_api.ts";
import { cName } from "@/lib/tensor/c_memory.ts";
import { ATTRIBUTE, type OpAttribute } from "@/lib/tensor/executor.ts";

type Name = Uint8Array<ArrayBuffer>;

/** How one kind of op (eager or in a graph) takes its attributes; both of TensorFlow's C interfaces have this shape. */
export interface AttributeSetter {
  string(op: Pointer, name: Name, value: Uint8Array<ArrayBuffer>, length: bigint): void;
  int(op: Pointer, name: Name, value: bigint): void;
  intList(op: Pointer, name: Name, values: BigInt64Array<ArrayBuffer>, length: number): void;
  float(op: Pointer, name: Name, value: number): void;
  bool(op: Pointer, name: Name, value: number): void;
  type(op: Pointer, name: Name, value: number): void;
  typeList(op: Pointer, name: Name, values: Int32Array<ArrayBuffer>, length: number): void;
  shape(op: Pointer, name: Name, dims: BigInt64Array<ArrayBuffer>, length: number): void;
}

/**
 * Sets one attribute of an op that is being built.
 *
 * @throws {Error} For a kind of attribute that no kernel of tfjs-node gives an op.
 */
export function setAttribute(set: AttributeSetter, op: Pointer, attribute: OpAttribute): void {
  const name = cName(attribute.name);
  const value = attribute.value;
  switch (attribute.type) {
    case ATTRIBUTE.string: {
      const text = cName(String(value));
      return set.string(op, name, text, BigInt(text.length - 1));
    }
    case ATTRIBUTE.int:
      if (Array.isArray(value)) return set.intList(op, name, dims(value), value.length);
      return set.int(op, name, BigInt(Number(value)));
    case ATTRIBUTE.float:
      return set.float(op, name, Number(value));
    case ATTRIBUTE.bool:
      return set.bool(op, name, value ? 1 : 0);
    case ATTRIBUTE.type:
      if (Array.isArray(value)) {
        return set.typeList(op, name, Int32Array.from(value), value.length);
      }
      return set.type(op, name, Number(value));
    case ATTRIBUTE.shape:
      if (Array.isArray(value)) return set.shape(op, name, dims(value), value.length);
  }
  throw new Error(`Cannot set attribute "${attribute.name}": its kind is ${attribute.type}`);
}

/** Lengths as C wants them: 64-bit integers. */
export function dims(lengths: readonly number[]): BigInt64Array<ArrayBuffer> {
  return BigInt64Array.from(lengths, BigInt);
}
