import { ATTRIBUTE, type OpAttribute } from "@/lib/tensor/executor.ts";
import { isList, type OpInput } from "@/lib/tensor/op_definition.ts";

/**
 * The attributes of an op, with the types of its inputs as the tensors really have them.
 *
 * tfjs knows fewer data types than TensorFlow: it takes a bfloat16 tensor for float32, and so names the wrong type when
 * it calls an op on one. What the tensors are decides; with that, every op of tfjs runs in bfloat16 too.
 *
 * @param definition The op's inputs.
 * @param dtypes TensorFlow's data type of each tensor, in order, the members of lists one by one.
 */
export function withRealTypes(
  definition: readonly OpInput[],
  attributes: readonly OpAttribute[],
  dtypes: readonly number[],
): readonly OpAttribute[] {
  const real = new Map<string, number>();
  let next = 0;
  for (const input of definition) {
    const first = dtypes[next];
    const count = countOf(input, attributes);
    if (input.typeAttribute !== undefined && count > 0 && first !== undefined) {
      if (!real.has(input.typeAttribute)) real.set(input.typeAttribute, first);
    }
    next += count;
  }
  return attributes.map((attribute) => {
    const dtype = attribute.type === ATTRIBUTE.type ? real.get(attribute.name) : undefined;
    return dtype === undefined || dtype === attribute.value
      ? attribute
      : { ...attribute, value: dtype };
  });
}

/** How many tensors an input takes: one, or as many as an attribute of the op says. */
export function countOf(input: OpInput, attributes: readonly OpAttribute[]): number {
  if (!isList(input)) return 1;
  const list = input.countAttribute ?? input.typesAttribute;
  const value = attributes.find(({ name }) => name === list)?.value;
  return Array.isArray(value) ? value.length : Number(value);
}
