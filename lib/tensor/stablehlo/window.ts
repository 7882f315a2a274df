import type { OpCall } from "@/lib/tensor/stablehlo/op_call.ts";

/** What an axis gets before its first and after its last element; below 0 it loses them. */
export type Edges = readonly [before: number, after: number];

/** How a window moves along one axis of an image. */
export interface Axis {
  /** Of the image. */
  readonly length: number;
  /** From the window's first element to its last, both counted. */
  readonly reach: number;
  /** From one element of the window to the next. */
  readonly dilation: number;
  readonly stride: number;
  /** Of the result: how many places the window has. */
  readonly places: number;
  readonly padding: Edges;
}

/** The two axes, height first, of an op that moves a window over images `[batch, height, width, channels]`. */
export type Axes = readonly [Axis, Axis];

/**
 * How an op's window moves, from its attributes.
 *
 * @param image Shape of the images.
 * @param sides Of the window.
 * @throws {Error} If the channels come first.
 */
export function axesOf(
  call: OpCall,
  image: readonly number[],
  sides: readonly [number, number],
): Axes {
  const format = call.text("data_format", "NHWC");
  if (format !== "NHWC") {
    throw new Error(`Cannot compile ${call.name} of images in the format ${format}: give NHWC`);
  }
  const strides = call.numbers("strides");
  const dilations = call.numbers("dilations", [1, 1, 1, 1]);
  const kind = call.text("padding");
  const explicit = kind === "EXPLICIT" ? call.numbers("explicit_paddings") : [];
  const axis = (i: 1 | 2): Axis => {
    const length = image[i]!, stride = strides[i]!, dilation = dilations[i]!;
    const reach = (sides[i - 1]! - 1) * dilation + 1;
    const padding = paddingOf({ length, reach, stride }, kind) ??
      [explicit[2 * i]!, explicit[2 * i + 1]!] as const;
    const places = Math.floor((length + padding[0] + padding[1] - reach) / stride) + 1;
    return { length, reach, dilation, stride, places, padding };
  };
  return [axis(1), axis(2)];
}

/** As TensorFlow pads: where the total is odd, the far side gets more. Undefined for a padding that is given. */
function paddingOf(
  { length, reach, stride }: Pick<Axis, "length" | "reach" | "stride">,
  kind: string,
): Edges | undefined {
  if (kind === "EXPLICIT") return undefined;
  if (kind === "VALID") return [0, 0];
  const places = Math.ceil(length / stride);
  const total = Math.max(0, (places - 1) * stride + reach - length);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/** The length of an axis whose elements lie a step apart. */
export function spread(length: number, step: number): number {
  return length === 0 ? 0 : (length - 1) * step + 1;
}
