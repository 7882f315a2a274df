import type { Resnet } from "@/dsl/mod.ts";
import type { Convolution, Layer, Normalisation } from "@/lib/network/layer.ts";

/** Channels that a bottleneck block makes for each that its 3x3 convolution has, where that is not widened (He et al. 2016, section 4.1). */
const expansion = 4;

const relu = { op: "relu" } as const;

/**
 * A residual network (He et al. 2016) without its classifier, with the names of torchvision's ResNet.
 *
 * Stem `large` with block `bottleneck`, blocks 3, 4, 6, 3 and width 64 is ResNet-50; with `basic` and 2, 2, 2, 2 it is
 * ResNet-18.
 */
export function resnetLayers({ stem, block, blocks, width, widen = 1 }: Resnet): readonly Layer[] {
  const layers = [...stem === "large" ? largeStem(width) : smallStem(width)];
  let input = width;
  blocks.forEach((count, stage) => {
    const channels = width * 2 ** stage, inner = channels * widen;
    for (let i = 0; i < count; i++) {
      const output = block === "bottleneck" ? channels * expansion : channels;
      const stride = stage > 0 && i === 0 ? 2 : 1;
      const place = { name: `layer${stage + 1}.${i}`, input, inner, output, stride } as const;
      const makeBlock = block === "bottleneck" ? bottleneckBlock : basicBlock;
      layers.push({ op: "residual", layers: makeBlock(place), around: shortcut(place) }, relu);
      input = output;
    }
  });
  return [...layers, { op: "mean over space" }];
}

/** Where a residual block stands, and how it changes the shape. */
interface BlockPlace {
  /** Its name in torchvision's ResNet, such as `layer2.0`. */
  readonly name: string;
  readonly input: number;
  /** Channels of its 3x3 convolutions. */
  readonly inner: number;
  readonly output: number;
  /** Of the block as a whole: 2 halves height and width. */
  readonly stride: 1 | 2;
}

/** The stem for small images: one 3x3 convolution of stride 1 (He et al. 2016, section 4.2). */
function smallStem(width: number): readonly Layer[] {
  return [...normalised("conv1", "bn1", { side: 3, stride: 1, input: 3, output: width }), relu];
}

/**
 * The stem for large images: a 7x7 convolution of stride 2, then 3x3 max pooling of stride 2 (He et al. 2016, table 1);
 * height and width come out a quarter.
 */
function largeStem(width: number): readonly Layer[] {
  return [
    ...normalised("conv1", "bn1", { side: 7, stride: 2, input: 3, output: width }),
    relu,
    { op: "max pooling", side: 3, stride: 2, padding: 1 },
  ];
}

/** Two 3x3 convolutions, the first with the block's stride (He et al. 2016, figure 2). */
function basicBlock({ name, input, inner, stride }: BlockPlace): readonly Layer[] {
  return [
    ...normalised(`${name}.conv1`, `${name}.bn1`, { side: 3, stride, input, output: inner }),
    relu,
    ...normalised(`${name}.conv2`, `${name}.bn2`, {
      side: 3,
      stride: 1,
      input: inner,
      output: inner,
    }),
  ];
}

/**
 * Convolutions of 1x1, 3x3 and 1x1, the middle one on a quarter of the output's channels (He et al. 2016, figure 5).
 *
 * The 3x3 convolution carries the stride, as in torchvision's ResNet (V1.5), where the paper has it in the first 1x1.
 */
function bottleneckBlock({ name, input, inner, output, stride }: BlockPlace): readonly Layer[] {
  return [
    ...normalised(`${name}.conv1`, `${name}.bn1`, { side: 1, stride: 1, input, output: inner }),
    relu,
    ...normalised(`${name}.conv2`, `${name}.bn2`, { side: 3, stride, input: inner, output: inner }),
    relu,
    ...normalised(`${name}.conv3`, `${name}.bn3`, { side: 1, stride: 1, input: inner, output }),
  ];
}

/** The identity, or a projection where the block changes the shape (He et al. 2016, section 3.3, option B). */
function shortcut({ name, input, output, stride }: BlockPlace): readonly Layer[] {
  if (stride === 1 && input === output) return [];
  const size = { side: 1, stride, input, output };
  return normalised(`${name}.downsample.0`, `${name}.downsample.1`, size);
}

/** A convolution, normalised. */
function normalised(
  convolution: string,
  normalisation: string,
  size: Omit<Convolution, "op" | "name">,
): readonly [Convolution, Normalisation] {
  return [
    { op: "convolution", name: convolution, ...size },
    { op: "normalisation", name: normalisation, channels: size.output },
  ];
}
