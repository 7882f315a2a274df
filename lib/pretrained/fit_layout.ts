import { architectures } from "@/dsl/architectures.ts";
import { type Network, networkName, type Vit } from "@/dsl/network.ts";
import { InputError } from "@/lib/base/errors.ts";
import { networkWeights } from "@/lib/network/mod.ts";
import { torchShape } from "@/lib/network/torch_layout.ts";
import { type Layout, type LayoutName, layoutNames, layouts } from "@/lib/pretrained/layouts.ts";
import type { WeightFile } from "@/lib/pretrained/weight_file.ts";

/** A network's tensors in a file, read in a layout. */
export interface Fit {
  readonly layout: LayoutName;
  /** What the names of the network's tensors begin with in the file. */
  readonly prefix: string;
  /** The file's names by the network's. */
  readonly names: ReadonlyMap<string, string>;
  /** How many tensors the layout drops, by what their names begin with; counts of batches by what they end in. */
  readonly dropped: ReadonlyMap<string, number>;
}

/** What is wrong with a layout for a file, a sentence's part each. */
interface Misfit {
  readonly layout: LayoutName;
  /** How many of the network's tensors the file has there, of whatever shape. */
  readonly found: number;
  readonly missing: readonly string[];
  readonly left: readonly string[];
  readonly shapes: readonly string[];
}

/**
 * Finds a network's tensors in a file.
 *
 * @param options.layout The layout that it is in; without it, the one in which nothing is missing and nothing is left over.
 * @throws {InputError} If there is none such, or two that read other tensors; it lists what the nearest lacks and what it leaves over.
 */
export function fitLayout(
  file: Pick<WeightFile, "path" | "tensors">,
  network: Network,
  options: { readonly layout?: LayoutName } = {},
): Fit {
  const { path } = file;
  const tensors = withoutWrappers(file.tensors);
  const { fits, misfits } = fitIn(options.layout === undefined ? layoutNames : [options.layout], {
    tensors,
    network,
  });
  const [fit] = fits;
  const other = fits.find(({ prefix }) => prefix !== fit?.prefix);
  if (fit === undefined) throw unfit(path, misfits, { tensors, network });
  if (other !== undefined) {
    const [problem, remedy] = fit.layout === other.layout
      ? [
        `in ${fit.prefix || "its names"} and in ${other.prefix}`,
        "Save the one that is meant alone",
      ]
      : [
        `in the layouts ${fit.layout} and ${other.layout}`,
        `Name the layout that is meant: "${fit.layout}" or "${other.layout}"`,
      ];
    throw new InputError(path, `it holds two networks, ${problem}`, remedy);
  }
  const others = fits.map(({ layout }) => layout).filter((one) => one !== fit.layout);
  checkHeads(path, network, { layout: fit.layout, others });
  return fit;
}

/** A file's tensors by the names that they would have if nothing were wrapped, with their own. */
type Unwrapped = ReadonlyMap<
  string,
  { readonly name: string; readonly shape: readonly number[] }
>;

/** What is looked for, and where. */
interface Sought {
  readonly tensors: Unwrapped;
  readonly network: Network;
}

/** What names have in them of what PyTorch wraps layers in, to compile them, to spread them over devices or to save memory. */
const wrappers = /(?<=^|\.)(_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module)\./g;

function withoutWrappers(tensors: WeightFile["tensors"]): Unwrapped {
  const all = new Map<string, { readonly name: string; readonly shape: readonly number[] }>();
  for (const [name, { shape }] of tensors) {
    const plain = name.replaceAll(wrappers, "");
    all.set(tensors.has(plain) || all.has(plain) ? name : plain, { name, shape });
  }
  return all;
}

/** What there is of a network in a file, in each place of some layouts. */
function fitIn(
  tried: readonly LayoutName[],
  sought: Sought,
): { readonly fits: readonly Fit[]; readonly misfits: readonly Misfit[] } {
  const all = tried.flatMap((layout) =>
    layouts[layout].places.map((place) => fitAt(sought, { layout, place }))
  );
  return {
    fits: all.filter((one) => "names" in one),
    misfits: all.filter((one) => "missing" in one),
  };
}

/** A count of batches that a normalisation has seen: nothing follows from it. */
const counter = "num_batches_tracked";

function fitAt(
  { tensors, network }: Sought,
  { layout, place }: { readonly layout: LayoutName; readonly place: Layout["places"][number] },
): Fit | Misfit {
  const [within, prefix] = place;
  const names = new Map<string, string>();
  const missing: string[] = [], left: string[] = [], shapes: string[] = [];
  const dropped = new Map<string, number>();
  for (const { name, shape: wanted } of torchTensors(network)) {
    const found = namesOf(name).map((one) => within + prefix + one).find((one) => tensors.has(one));
    if (found === undefined) {
      missing.push(within + prefix + name);
      continue;
    }
    const { name: own, shape } = tensors.get(found)!;
    if (`${shape}` !== `${wanted}`) shapes.push(`${own} [${shape}] in place of [${wanted}]`);
    names.set(name, own);
  }
  const taken = new Set(names.values());
  const { drops } = layouts[layout];
  for (const [name, { name: own }] of tensors) {
    if (!name.startsWith(within) || taken.has(own)) continue;
    const inside = name.slice(within.length);
    const drop = name.endsWith(`.${counter}`)
      ? counter
      : drops.find((one) => inside.startsWith(one));
    if (drop === undefined) left.push(own);
    else dropped.set(drop, (dropped.get(drop) ?? 0) + 1);
  }
  if (missing.length + left.length + shapes.length > 0) {
    return { layout, found: names.size, missing, left, shapes };
  }
  return { layout, prefix: within + prefix, names, dropped };
}

/** All tensors of a network, with the shapes that PyTorch has. */
export function torchTensors(
  network: Network,
): readonly { readonly name: string; readonly shape: readonly number[] }[] {
  const { parameters, statistics } = networkWeights(network);
  return [
    ...parameters.map(({ name, kind, shape }) => ({ name, shape: torchShape(kind, shape) })),
    ...statistics,
  ];
}

/** A tensor's names in files: MAE's have the normalisation of all tokens where a network that takes their mean has its own. */
function namesOf(name: string): readonly string[] {
  return name.startsWith("fc_norm.") ? [name, name.replace("fc_norm.", "norm.")] : [name];
}

function unfit(path: string, misfits: readonly Misfit[], sought: Sought): InputError {
  // Where nothing of it is found, the first layout shows what there is in its place.
  const wrongOf = ({ found, missing, left, shapes }: Misfit) =>
    found === 0 ? Infinity : missing.length + left.length + shapes.length - found;
  const nearest = misfits.reduce((best, one) => wrongOf(one) < wrongOf(best) ? one : best);
  const { layout, missing, left, shapes } = nearest;
  const parts = [
    ...missing.length > 0 ? [`it lacks ${some(missing)}`] : [],
    ...shapes.length > 0 ? [`it has ${some(shapes)}`] : [],
    ...left.length > 0 ? [`${some(left)} would be left over`] : [],
  ];
  const by = misfits.length > 1 ? `in the nearest layout, ${layout},` : `in the layout ${layout}`;
  return new InputError(
    path,
    `as ${networkName(sought.network)} ${by} ${parts.join("; ")}`,
    knownRemedy(sought) ?? elsewhereRemedy(sought) ??
      `It is no network that is known here: give a file of ${
        Object.keys(architectures).join(", ")
      }, in one of the layouts ${layoutNames.join(", ")}, or describe its architecture`,
  );
}

/** Which network a file has, in the words of `encoders.yaml`: a published one, or the one that was wanted in another layout. */
function knownRemedy({ tensors, network: wanted }: Sought): string | undefined {
  for (const [name, architecture] of Object.entries(architectures)) {
    const kin = architecture.family === "vit" ? vitsIn(tensors, architecture) : [architecture];
    for (const network of kin) {
      const [fit] = fitIn(layoutNames, { tensors, network }).fits;
      if (fit === undefined) continue;
      const fields = network.family !== "vit" ? [] : [
        ...network.pixels === 224 ? [] : [`positions: ${network.pixels}`],
        ...network.layerScale ? ["layer_scale: true"] : [],
        ...network.pool === "class" ? [] : ["pool: mean"],
      ];
      const also = fields.length === 0 ? "" : ` with ${fields.join(", ")}`;
      return `It is ${name}${also} in the layout ${fit.layout}: name these`;
    }
  }
  const [other] = fitIn(layoutNames, { tensors, network: wanted }).fits;
  return other === undefined ? undefined : `It has the layout ${other.layout}: name this`;
}

/** Where a file has the network that is wanted, with a classifier or without, if that is in no layout. */
function elsewhereRemedy(sought: Sought): string | undefined {
  const first = torchTensors(sought.network)[0]!.name;
  for (const name of sought.tensors.keys()) {
    if (!name.endsWith(`.${first}`)) continue;
    const within = name.slice(0, -first.length);
    if ("names" in fitAt(sought, { layout: "timm", place: [within, ""] })) {
      return `It is behind "${within}": save what is there alone, without that in its names`;
    }
  }
  return undefined;
}

/** A transformer with what may set one of a file apart: as many positions, layer scale, a mean of the patches. */
function vitsIn(tensors: Unwrapped, vit: Vit): readonly Vit[] {
  const [tokens] = [...tensors].flatMap(([name, { shape }]) =>
    name.endsWith("pos_embed") && shape.length === 3 ? [shape[1]!] : []
  );
  const side = Math.sqrt((tokens ?? NaN) - 1);
  const pixels = Number.isInteger(side) ? vit.patch * side : vit.pixels;
  const scaled: readonly Vit[] = [vit, { ...vit, layerScale: true }];
  return scaled.flatMap((one) =>
    (["class", "mean"] as const).map((pool): Vit => ({ ...one, pixels, pool }))
  );
}

function some(names: readonly string[]): string {
  const more = names.length - 3;
  return names.slice(0, 3).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function checkHeads(path: string, network: Network, { layout, others }: {
  readonly layout: LayoutName;
  /** Those that fit too. */
  readonly others: readonly LayoutName[];
}): void {
  const { heads }: Layout = layouts[layout];
  if (network.family !== "vit") return;
  const wanted = heads?.[network.width];
  if (wanted === undefined || network.heads === wanted) return;
  const [other] = others;
  throw new InputError(
    path,
    `transformers of ${layout} with a width of ${network.width} have ${wanted} heads, and the architecture has ${network.heads}`,
    `Write heads: ${wanted}${
      other === undefined ? "" : `; or layout: ${other}, if it was trained by others`
    }`,
  );
}
