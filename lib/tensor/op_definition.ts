import type { Pointer } from "@/lib/tensor/c_api.ts";
import { bytesAt, cName } from "@/lib/tensor/c_memory.ts";
import { lengthDelimitedFields } from "@/lib/tensor/protobuf.ts";
import { checkStatus, notNull, type Runtime } from "@/lib/tensor/runtime.ts";

/** One input of an op, as TensorFlow's definition of the op declares it. */
export interface OpInput {
  /** The attribute that names the type of its tensor or tensors, if all are of one type that is not fixed. */
  readonly typeAttribute?: string;
  /** The attribute that says how many tensors of one type this input takes, if it takes a list of them. */
  readonly countAttribute?: string;
  /** The attribute that lists the types of its tensors, if they may differ. */
  readonly typesAttribute?: string;
}

/** Whether an input takes a list of tensors. */
export function isList(input: OpInput): boolean {
  return (input.countAttribute ?? input.typesAttribute) !== undefined;
}

const definitions = new Map<string, readonly OpInput[]>();

/** Definitions are read through a graph; this one stays empty. */
let anyGraph: Pointer | undefined;

/**
 * The inputs of an op, in order, from TensorFlow's own registry.
 *
 * @throws {TensorFlowError} If TensorFlow knows no such op.
 */
export function opInputs(runtime: Runtime, name: string): readonly OpInput[] {
  const known = definitions.get(name);
  if (known !== undefined) return known;
  const { api, status } = runtime;
  anyGraph ??= notNull(api.TF_NewGraph());
  const buffer = notNull(api.TF_NewBuffer());
  try {
    api.TF_GraphGetOpDef(anyGraph, cName(name), buffer, status);
    checkStatus(api, status, name);
    const inputs = parseInputs(bufferBytes(buffer));
    definitions.set(name, inputs);
    return inputs;
  } finally {
    api.TF_DeleteBuffer(buffer);
  }
}

/** The bytes of a `TF_Buffer { const void* data; size_t length; … }`, copied. */
function bufferBytes(buffer: Pointer): Uint8Array {
  const view = new Deno.UnsafePointerView(buffer);
  return bytesAt(view.getBigUint64(0), Number(view.getBigUint64(8)));
}

/** Field numbers of TensorFlow's `op_def.proto`. */
const OP_DEF = { inputArg: 2 } as const;
const ARG_DEF = { typeAttr: 4, numberAttr: 5, typeListAttr: 6 } as const;

function parseInputs(opDef: Uint8Array): OpInput[] {
  const inputs: OpInput[] = [];
  for (const [field, bytes] of lengthDelimitedFields(opDef)) {
    if (field !== OP_DEF.inputArg) continue;
    let input: OpInput = {};
    for (const [argField, text] of lengthDelimitedFields(bytes)) {
      const name = decoder.decode(text);
      if (argField === ARG_DEF.typeAttr) input = { ...input, typeAttribute: name };
      if (argField === ARG_DEF.numberAttr) input = { ...input, countAttribute: name };
      if (argField === ARG_DEF.typeListAttr) input = { ...input, typesAttribute: name };
    }
    inputs.push(input);
  }
  return inputs;
}

const decoder = new TextDecoder();
