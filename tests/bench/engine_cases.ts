import { smallViews } from "@/dsl/augmentations.ts";
import type { Augmentation, Network, SimclrTraining } from "@/dsl/mod.ts";
import { featureCount, multiplyAdds } from "@/lib/network/mod.ts";

/** One training step to measure, the same for every engine; it travels as JSON. */
export interface EngineCase {
  readonly name: string;
  readonly network: Network;
  /** Side of a view in pixels. */
  readonly pixels: number;
  /** Images a step. */
  readonly images: number;
  /** SimCLR sees two views of each image, supervised training one. */
  readonly method:
    | { readonly name: "simclr"; readonly hidden: number; readonly output: number }
    | { readonly name: "supervised"; readonly classes: number };
  readonly learningRate: number;
}

/** What all cases train with; the views are of a case's own size. */
export const engineTraining: Pick<SimclrTraining, "optimizer" | "temperature"> & {
  readonly augmentation: Augmentation;
} = {
  optimizer: { name: "sgd", momentum: 0.9, weightDecay: 1e-3 },
  temperature: 0.2,
  augmentation: smallViews,
};

const small = { family: "resnet", stem: "small", block: "basic" } as const;

/** What `deno task bench engine` measures, cheapest first. */
export const engineCases: readonly EngineCase[] = [
  ...[16, 32, 64].map((width): EngineCase => ({
    name: `ResNet 2-2-2, width ${width}, 32 px`,
    network: { ...small, blocks: [2, 2, 2], width },
    pixels: 32,
    images: 128,
    method: { name: "simclr", hidden: 4 * width, output: 64 },
    learningRate: 0.1,
  })),
  {
    name: "ResNet-18, 64 px",
    network: { ...small, blocks: [2, 2, 2, 2], width: 64 },
    pixels: 64,
    images: 64,
    method: { name: "simclr", hidden: 512, output: 128 },
    learningRate: 0.1,
  },
  {
    name: "ResNet-50, 224 px",
    network: {
      family: "resnet",
      stem: "large",
      block: "bottleneck",
      blocks: [3, 4, 6, 3],
      width: 64,
    },
    pixels: 224,
    images: 16,
    method: { name: "supervised", classes: 1000 },
    // 16 images of 1,000 classes: a published rate would be for 256.
    learningRate: 0.01,
  },
];

/** Views a step. */
export function viewsOf({ images, method }: EngineCase): number {
  return images * (method.name === "simclr" ? 2 : 1);
}

/**
 * The arithmetic of one step for one view, in multiplications and additions: those of convolutions and dense layers, two
 * for each multiply-add, and for the whole step three times those of the forward pass.
 */
export function operationsOfView({ network, pixels, method }: EngineCase): number {
  const features = featureCount(network);
  const head = method.name === "simclr"
    ? method.hidden * (features + method.output)
    : method.classes * features;
  return 3 * 2 * (multiplyAdds(network, pixels) + head);
}
