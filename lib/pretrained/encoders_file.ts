import { dirname, resolve } from "node:path";
import * as z from "zod";
import {
  type ArchitectureName,
  architectures,
  isFloorName,
  type Network,
  networkName,
  type Normalisation,
  type Outside,
} from "@/dsl/mod.ts";
import { aCheckpointName } from "@/dsl/checkpoint.ts";
import { aNetwork } from "@/dsl/network.ts";
import { InputError, refuse, refusingTogether } from "@/lib/base/errors.ts";
import { fieldErrors } from "@/lib/base/field_errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import { sha256File } from "@/lib/base/sha256.ts";
import { unreadable } from "@/lib/base/text_lines.ts";
import { readYaml, type YamlFile } from "@/lib/base/yaml_file.ts";
import { checkIsFile } from "@/lib/pretrained/file_bytes.ts";
import { type LayoutName, layoutNames } from "@/lib/pretrained/layouts.ts";

/** The normalisations that have a name. */
const normalisations = {
  /** Of torchvision, and of all that train on ImageNet as it does. */
  imagenet: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  /** From -1 to 1: of timm's first vision transformers. */
  half: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
} satisfies Readonly<Record<string, Normalisation>>;

/** An encoder from outside, as `encoders.yaml` names it. */
export interface OutsideEncoder extends Outside {
  /** Absolute. */
  readonly path: string;
  readonly network: Network;
  readonly layout?: LayoutName;
}

const architectureNames = Object.keys(architectures) as readonly ArchitectureName[];
const count = z.int().positive();
const normalisationNames = Object.keys(normalisations) as readonly (keyof typeof normalisations)[];
const three = (number: z.ZodNumber) => z.tuple([number, number, number]);
/** A side of images. */
const side = z.int().min(8).max(1024);

const schema = z.strictObject({
  path: z.string().min(1),
  /** Its name, or what a network is made of that has none, such as those for small images. */
  architecture: z.union([z.enum(architectureNames), z.record(z.string(), z.unknown())]),
  normalisation: z.union([
    z.enum(normalisationNames),
    z.strictObject({
      mean: three(z.number().min(0).max(1)),
      std: three(z.number().positive().max(1)),
    }),
  ]),
  pixels: side.default(224),
  layout: z.enum(layoutNames).optional(),
  /** Of transformers alone, as are those that follow. */
  heads: count.optional(),
  pool: z.enum(["class", "mean"]).optional(),
  /** Side of the images that the position embedding is of. */
  positions: side.optional(),
  layer_scale: z.boolean().optional(),
  source: z.string().optional(),
  licence: z.string().optional(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/i).optional(),
});

const ofTransformers = ["heads", "pool", "positions", "layer_scale"] as const;

const remedies: Readonly<Record<string, string>> = {
  path: "Write the path of a file of weights",
  normalisation: `Write what its authors give it: one of ${
    normalisationNames.join(", ")
  }, or { mean: [r, g, b], std: [r, g, b] } of values from 0 to 1 (divide those of 0 to 255 by 255)`,
  pixels:
    "Write the side of the images that it was trained or tested on, from 8 to 1024, such as 224",
  heads: "Write how many heads its attention has",
  positions:
    "Write the side of the images that its position embedding is of, from 8 to 1024, such as 518",
  layer_scale: "Write true or false",
  source: "Write where it is from, in quotation marks",
  licence: "Write its licence in a word, such as Apache-2.0",
  sha256: "Write 64 hexadecimal digits, as sha256sum prints them",
};

const example =
  "Write one line an encoder, such as dino-r50: { path: dino_resnet50.pth, architecture: resnet50, normalisation: imagenet }";

const words = { names: "encoders", missing: "Name a YAML file that names encoders", example };

/**
 * Reads an `encoders.yaml`: a mapping from names to encoders from outside. Relative paths start at the file's own folder.
 *
 * @param options.names The encoders that are used, whose files alone are looked at; all by default.
 * @throws {InputError | InputErrors} Each naming file, line, field, value and remedy: the file cannot be read, lacks a name that is
 * used, has an unknown field or a wrong name or value, or a file of weights is not there or not the one that was meant.
 */
export async function readEncoders(
  file: string,
  options: { readonly names?: readonly string[] } = {},
): Promise<ReadonlyMap<string, OutsideEncoder>> {
  const { entries, placeOf } = await readNames(file);
  const known = Object.keys(entries), names = options.names ?? known;
  if (options.names === undefined && known.length === 0) {
    throw new InputError(file, "it names no encoder", example);
  }
  const encoders = await refusingTogether(names.map((name) => async () => {
    if (!Object.hasOwn(entries, name)) {
      throw new InputError(
        file,
        `it names no encoder "${name}"`,
        `${didYouMean(name, known)}${known.length > 0 ? `It has ${known.join(", ")}` : example}`,
      );
    }
    const encoder = await readEncoder(entries[name], {
      base: dirname(resolve(file)),
      placeOf: (...fields) => placeOf(name, ...fields),
    });
    return [name, encoder] as const;
  }));
  return new Map(encoders);
}

/**
 * The names of the encoders of an `encoders.yaml`, whatever is said of them.
 *
 * @throws {InputError | InputErrors} If the file cannot be read, or a name is none.
 */
export async function encoderNames(file: string): Promise<readonly string[]> {
  return Object.keys((await readNames(file)).entries);
}

/** The file, whose names are such as `checkpoint()` takes and stand for nothing else. */
async function readNames(file: string): Promise<YamlFile> {
  const read = await readYaml(file, words);
  refuse(
    Object.keys(read.entries).flatMap((name) => {
      const wrong = isFloorName(name)
        ? [{
          problem: `"${name}" is the name of a floor, which needs no file`,
          remedy: "Give the encoder another",
        }]
        : aCheckpointName(name, "the name");
      return wrong.map(({ problem, remedy }) =>
        new InputError(read.placeOf(name), problem, remedy)
      );
    }),
  );
  return read;
}

interface Context {
  /** The folder at which relative paths start. */
  readonly base: string;
  placeOf(...fields: readonly string[]): string;
}

async function readEncoder(value: unknown, { base, placeOf }: Context): Promise<OutsideEncoder> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError(placeOf(), `the value is ${JSON.stringify(value)}`, example);
  }
  const { data, error } = schema.safeParse(value);
  refuse(fieldErrors(error?.issues ?? [], {
    value,
    names: Object.keys(schema.shape),
    owner: "an encoder",
    placeOf,
    remedyOf: (field) =>
      field === "architecture"
        ? architectureRemedy((value as { architecture?: unknown }).architecture)
        : field === "normalisation"
        ? hintOf((value as { normalisation?: unknown }).normalisation, normalisationNames) +
          remedies[field]
        : remedies[field],
  }));
  const { layout, pixels, normalisation, source, licence } = data!;
  const network = networkOf(data!, placeOf);
  const path = resolve(base, data!.path);
  const sha256 = await sumOf(path).catch((error) => {
    const { problem, remedy } = error instanceof InputError ? error : unreadable(path, error);
    throw new InputError(placeOf("path"), `${path}: ${problem}`, remedy);
  });
  if (data!.sha256 !== undefined && data!.sha256.toLowerCase() !== sha256) {
    throw new InputError(
      placeOf("sha256"),
      `the file ${path} has another, ${sha256}`,
      "Fetch the file again, or correct the line if it is the one that is meant",
    );
  }
  return {
    path,
    sha256,
    network,
    ...layout !== undefined && { layout },
    pixels,
    normalisation: typeof normalisation === "string"
      ? normalisations[normalisation]
      : normalisation,
    ...source !== undefined && { source },
    ...licence !== undefined && { licence },
  };
}

function hintOf(value: unknown, known: readonly string[]): string {
  return typeof value === "string" ? didYouMean(value, known) : "";
}

function architectureRemedy(value: unknown): string {
  return `${hintOf(value, architectureNames)}Use one of ${
    architectureNames.join(", ")
  }, or describe another: { blocks: [2, 2, 2], width: 32, stem: small, block: basic } or { patch: 16, width: 192, depth: 12, heads: 3 }`;
}

/** A network that has a name, or is described: its positions are then of the images that it is given. */
function describedNetwork(
  { architecture: one, pixels }: z.output<typeof schema>,
  placeOf: Context["placeOf"],
): Network {
  if (typeof one === "string") return architectures[one];
  const network = "patch" in one
    ? { pool: "class", pixels, ...one, family: "vit" }
    : { stem: "small", block: "basic", ...one, family: "resnet" };
  refuse(
    aNetwork(network, "").map(({ problem, remedy }) =>
      new InputError(placeOf("architecture"), problem, remedy)
    ),
  );
  return network as Network;
}

async function sumOf(path: string): Promise<string> {
  await checkIsFile(path);
  return await sha256File(path);
}

/** The architecture, with what sets an encoder's own apart. */
function networkOf(
  given: z.output<typeof schema>,
  placeOf: Context["placeOf"],
): Network {
  const network = describedNetwork(given, placeOf);
  if (network.family !== "vit") {
    const [wrong] = ofTransformers.filter((field) => given[field] !== undefined);
    if (wrong === undefined) return network;
    throw new InputError(
      placeOf(wrong),
      `${
        typeof given.architecture === "string" ? given.architecture : networkName(network)
      } has no ${wrong}, which are a transformer's`,
      "Remove the field",
    );
  }
  const { patch, width } = network;
  const { heads = network.heads, pool = network.pool, positions = network.pixels } = given;
  for (const [field, side] of [["pixels", given.pixels], ["positions", positions]] as const) {
    if (side % patch === 0) continue;
    throw new InputError(
      placeOf(field),
      `patches of ${patch} px do not fill ${side} px`,
      `Give a multiple of ${patch}`,
    );
  }
  if (width % heads !== 0) {
    throw new InputError(
      placeOf("heads"),
      `${heads} heads do not divide a width of ${width}`,
      "Give a divisor",
    );
  }
  const scaled = given.layer_scale ? { layerScale: true } as const : {};
  return { ...network, heads, pool, pixels: positions, ...scaled };
}
