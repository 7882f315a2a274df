import type { Pointer } from "@/lib/tensor/c_api.ts";
import type { Values } from "@/lib/tensor/data_types.ts";
import type { RecordedValue } from "@/lib/tensor/recorded.ts";

/** One output of one operation of the graph. */
export interface Node {
  /** The C struct `TF_Output`. */
  readonly output: Uint8Array<ArrayBuffer>;
  readonly shape: number[];
  readonly dtype: number;
  /** The same as plain data. */
  readonly recorded: RecordedValue;
  /** A constant's values, so that code may read them while it is traced. */
  readonly values?: Values;
}

/** The C struct `TF_Output { TF_Operation* oper; int index; }`. */
export function outputStruct(operation: Pointer, index: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(Deno.UnsafePointer.value(operation)), true);
  view.setInt32(8, index, true);
  return bytes;
}

/** An array of `TF_Output`. */
export function outputStructs(nodes: readonly Node[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(16 * nodes.length);
  nodes.forEach((node, i) => bytes.set(node.output, 16 * i));
  return bytes;
}
