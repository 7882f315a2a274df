import type { Vit } from "@/dsl/mod.ts";
import type { Layer } from "@/lib/network/layer.ts";

/** The width of a block's hidden layer for each of its own (Dosovitskiy et al. 2021, table 1). */
const expansion = 4;

/**
 * A vision transformer (Dosovitskiy et al. 2021) without its classifier, with the names of timm's, which DINO and MAE have too:
 * patches, a class token, positions, blocks that normalise first.
 */
export function vitLayers(network: Vit): readonly Layer[] {
  const { patch, width, depth, pool, pixels } = network;
  const blocks = Array.from({ length: depth }, (_, i) => blockLayers(`blocks.${i}`, network));
  return [
    { op: "patches", name: "patch_embed.proj", side: patch, output: width },
    { op: "positions", side: pixels / patch, channels: width },
    ...blocks.flat(),
    ...pool === "class"
      ? [{ op: "class token" }, normalised("norm", width)] as const
      : [{ op: "mean of patches" }, normalised("fc_norm", width)] as const,
  ];
}

/** Attention, then two dense layers, each added to what it reads. */
function blockLayers(name: string, { width, heads, layerScale }: Vit): readonly Layer[] {
  const hidden = expansion * width;
  const scaled = (part: string): readonly Layer[] =>
    layerScale ? [{ op: "channel scale", name: `${name}.${part}.gamma`, channels: width }] : [];
  return [
    {
      op: "residual",
      layers: [
        normalised(`${name}.norm1`, width),
        { op: "attention", name: `${name}.attn`, channels: width, heads },
        ...scaled("ls1"),
      ],
      around: [],
    },
    {
      op: "residual",
      layers: [
        normalised(`${name}.norm2`, width),
        { op: "dense", name: `${name}.mlp.fc1`, input: width, output: hidden },
        { op: "gelu" },
        { op: "dense", name: `${name}.mlp.fc2`, input: hidden, output: width },
        ...scaled("ls2"),
      ],
      around: [],
    },
  ];
}

function normalised(name: string, channels: number): Layer {
  return { op: "layer normalisation", name, channels };
}
