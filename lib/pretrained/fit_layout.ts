import { architectures } from "@/dsl/architectures.ts";
import { type Network, networkName } from "@/dsl/network.ts";
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
  const { fits, misfits } = fitIn(options.layout === undefined ? layoutNames : [options.layout], {
    file,
    network,
  });
  const [fit] = fits;
  const other = fits.find(({ prefix }) => prefix !== fit?.prefix);
  if (fit === undefined) throw unfit(file, network, misfits);
  if (other !== undefined) {
    throw new InputError(
      path,
      `it holds two networks, in the layouts ${fit.layout} and ${other.layout}`,
      `Name the layout that is meant: "${fit.layout}" or "${other.layout}"`,
    );
  }
  checkHeads(path, network, fit.layout);
  return fit;
}

/** What there is of a network in a file, in each place of some layouts. */
function fitIn(
  tried: readonly LayoutName[],
  { file, network }: {
    readonly file: Pick<WeightFile, "tensors">;
    readonly network: Network;
  },
): { readonly fits: readonly Fit[]; readonly misfits: readonly Misfit[] } {
  const all = tried.flatMap((layout) =>
    layouts[layout].places.map((place) => fitAt(file, network, { layout, place }))
  );
  return {
    fits: all.filter((one) => "names" in one),
    misfits: all.filter((one) => "missing" in one),
  };
}

/** A count of batches that a normalisation has seen: nothing follows from it. */
const counter = "num_batches_tracked";

function fitAt(
  { tensors }: Pick<WeightFile, "tensors">,
  network: Network,
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
    const { shape } = tensors.get(found)!;
    if (`${shape}` !== `${wanted}`) shapes.push(`${found} [${shape}] in place of [${wanted}]`);
    names.set(name, found);
  }
  const taken = new Set(names.values());
  const { drops } = layouts[layout];
  for (const name of tensors.keys()) {
    if (!name.startsWith(within) || taken.has(name)) continue;
    const inside = name.slice(within.length);
    const drop = name.endsWith(`.${counter}`)
      ? counter
      : drops.find((one) => inside.startsWith(one));
    if (drop === undefined) left.push(name);
    else dropped.set(drop, (dropped.get(drop) ?? 0) + 1);
  }
  if (missing.length + left.length + shapes.length > 0) return { layout, missing, left, shapes };
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

function unfit(
  file: Pick<WeightFile, "path" | "tensors">,
  network: Network,
  misfits: readonly Misfit[],
): InputError {
  const wrongOf = ({ missing, left, shapes }: Misfit) =>
    missing.length + left.length + shapes.length;
  const nearest = misfits.reduce((best, one) => wrongOf(one) < wrongOf(best) ? one : best);
  const { layout, missing, left, shapes } = nearest;
  const parts = [
    ...missing.length > 0 ? [`it lacks ${some(missing)}`] : [],
    ...shapes.length > 0 ? [`it has ${some(shapes)}`] : [],
    ...left.length > 0 ? [`${some(left)} would be left over`] : [],
  ];
  const by = misfits.length > 1 ? `in the nearest layout, ${layout},` : `in the layout ${layout}`;
  const [known] = Object.entries(architectures).flatMap(([name, network]) =>
    fitIn(layoutNames, { file, network }).fits.map(({ layout }) => ({ name, layout }))
  );
  return new InputError(
    file.path,
    `as ${networkName(network)} ${by} ${parts.join("; ")}`,
    known === undefined
      ? `Name the architecture and the layout that it has; the layouts are ${
        layoutNames.join(", ")
      }`
      : `It is ${known.name} in the layout ${known.layout}: name these`,
  );
}

function some(names: readonly string[]): string {
  const more = names.length - 3;
  return names.slice(0, 3).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function checkHeads(path: string, network: Network, layout: LayoutName): void {
  const { heads }: Layout = layouts[layout];
  if (network.family !== "vit") return;
  const wanted = heads?.[network.width];
  if (wanted === undefined || network.heads === wanted) return;
  throw new InputError(
    path,
    `transformers of ${layout} with a width of ${network.width} have ${wanted} heads, and the architecture has ${network.heads}`,
    `Write heads: ${wanted}`,
  );
}
