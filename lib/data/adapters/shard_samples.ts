import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import type { FileTree } from "@/lib/data/files/file_tree.ts";
import { isImage, type SourceFile } from "@/lib/data/files/source_file.ts";
import { leftOutCounter, noImages } from "@/lib/data/listing/left_out.ts";

/** An image of a shard, and its class. */
export interface Sample {
  readonly file: SourceFile;
  readonly className: string;
}

/** A shard, read. */
export interface Shard {
  /** What says the classes: a `.cls` or `.json` of each sample, or the folders. */
  readonly form: "samples" | "folders";
  /** In the shard's order. */
  readonly samples: readonly Sample[];
  /** The paths of what is neither an image nor says a class. */
  readonly others: readonly string[];
}

/**
 * The images of a shard with their classes. Where any image lies beside a `.cls` or `.json`, the shard is one of
 * WebDataset's samples: the files whose paths are equal up to the first dot of the file's name, of which one is the image
 * and says a `.cls`, a `.json`, or both alike, the class. Else the class is the folder.
 *
 * @throws {InputError} If there is no image, a sample has not exactly one image and one class, or an image without sample
 * has no folder.
 */
export async function readShard(tree: FileTree): Promise<Shard> {
  const { images, labels, others } = await listShard(tree);
  const keys = new Set(images.map(({ path }) => keyOf(path)));
  const isOfSamples = labels.some(({ path }) => isClass(path) || keys.has(keyOf(path)));
  return isOfSamples
    ? { form: "samples", samples: await labelledSamples(tree, { images, labels }), others }
    : { form: "folders", samples: images.map((file) => inFolder(tree, file)), others };
}

/**
 * The images of a shard whose classes are not asked for. Where other files lie beside images, the shard is one of
 * WebDataset's samples, each of which has one image.
 *
 * @throws {InputError} If there is no image, or a sample has several.
 */
export async function readUnlabelledShard(
  tree: FileTree,
): Promise<Pick<ShardFiles, "images" | "others">> {
  const { images, labels, others } = await listShard(tree);
  const beside = new Set([...labels.map(({ path }) => path), ...others].map(keyOf));
  const byKey = Map.groupBy(images, ({ path }) => keyOf(path));
  if (![...byKey.keys()].some((key) => beside.has(key))) return { images, others };
  for (const [key, some] of byKey) {
    if (some.length > 1) {
      throw new InputError(
        `${tree.path}: the sample ${key}`,
        `it has ${some.length} images: ${namesOf(some)}`,
        `Give each sample one image; ${whatIsSample}`,
      );
    }
  }
  return { images, others };
}

/** What lies in a shard. */
interface ShardFiles {
  readonly images: readonly SourceFile[];
  readonly labels: readonly SourceFile[];
  /** The paths of all else. */
  readonly others: readonly string[];
}

async function listShard(tree: FileTree): Promise<ShardFiles> {
  const images: SourceFile[] = [], labels: SourceFile[] = [], others: string[] = [];
  for await (const file of tree.walk()) {
    // As the WebDataset library does.
    if (/^__[^/]*__(\/|$)/.test(file.path)) continue;
    if (isImage(file.path)) images.push(file);
    else if (isLabel(file.path)) labels.push(file);
    else others.push(file.path);
  }
  if (images.length > 0) return { images, labels, others };
  const leftOut = leftOutCounter();
  for (const path of others) leftOut.add(path);
  const remedy = "Name shards with <class>/<file>, or with key.jpg beside key.cls or key.json";
  throw noImages(tree.path, { leftOut: leftOut.counts(), remedy });
}

function isLabel(path: string): boolean {
  return /\.(cls|json)$/i.test(path);
}

function isClass(path: string): boolean {
  return /\.cls$/i.test(path);
}

/** What the files of one sample have in common: the path up to the first dot of the name. */
function keyOf(path: string): string {
  return path.match(/^(?:.*\/)?[^/.]*/s)![0];
}

function inFolder(tree: FileTree, file: SourceFile): Sample {
  const className = file.path.split("/").at(-2);
  if (className !== undefined) return { file, className: className.normalize("NFC") };
  throw new InputError(
    `${tree.path}: ${file.path}`,
    "the image has no class",
    "Put it into a folder of its class's name, or beside a .cls or .json of its own name",
  );
}

/** What lies in a shard under one key. */
interface KeyFiles {
  readonly images: SourceFile[];
  /** The files that say a class, and all that each says. */
  readonly said: { readonly path: string; readonly classes: readonly string[] }[];
}

async function labelledSamples(
  tree: FileTree,
  { images, labels }: Pick<ShardFiles, "images" | "labels">,
): Promise<Sample[]> {
  const byKey = new Map<string, KeyFiles>();
  const under = (key: string): KeyFiles => {
    const files = byKey.get(key) ?? { images: [], said: [] };
    byKey.set(key, files);
    return files;
  };
  for (const file of images) under(keyOf(file.path)).images.push(file);
  // In their order, so that a compressed shard is read once more and not once an image.
  for (const file of labels) {
    const classes = await classesIn(tree, file);
    // Without an image and a class, a .json is no sample's.
    if (classes.length === 0 && !byKey.has(keyOf(file.path))) continue;
    under(keyOf(file.path)).said.push({ path: file.path, classes });
  }
  const samples: Sample[] = [];
  for (const [key, files] of byKey) {
    samples.push({ file: files.images[0]!, className: classOf(key, { files, tree }) });
  }
  return samples;
}

const whatIsSample =
  "a sample is all files whose names are equal up to the first dot, so use no further dots in names";

/** The names of the first few files. */
function namesOf(files: readonly { readonly path: string }[]): string {
  return files.slice(0, 4).map(({ path }) => path.slice(path.lastIndexOf("/") + 1)).join(", ");
}

/** The class of a sample that has one image and one class. */
function classOf(
  key: string,
  { files: { images, said }, tree }: { readonly files: KeyFiles; readonly tree: FileTree },
): string {
  const refuse = (problem: string): never => {
    throw new InputError(
      `${tree.path}: the sample ${key}`,
      problem,
      `Give each sample one image and one class, in a .cls or in a .json as label or class; ${whatIsSample}`,
    );
  };
  if (images.length === 0) refuse(`it has no image that is read, only ${namesOf(said)}`);
  if (images.length > 1) refuse(`it has ${images.length} images: ${namesOf(images)}`);
  const [first, second, ...more] = said.filter(({ classes }) => classes.length > 0);
  if (first === undefined) {
    const silent = said.length > 0 ? `, and ${namesOf(said)} gives none` : "";
    return refuse(`its image ${namesOf(images)} has no class${silent}`);
  }
  if (more.length > 0 || (second && isClass(first.path) === isClass(second.path))) {
    refuse(`its class is given ${said.length} times: ${namesOf(said)}`);
  }
  if (second === undefined) return first.classes[0]!;
  const [cls, json] = isClass(first.path) ? [first, second] : [second, first];
  const [className] = cls.classes as [string];
  if (json.classes.includes(className)) return className;
  return refuse(
    `its class is ${className} in the .cls and ${json.classes.join(" and ")} in the .json`,
  );
}

const jsonClass = z.union([z.string(), z.int()]).transform((name) => String(name).trim())
  .pipe(z.string().min(1));
const jsonSchema = z.looseObject({
  label: jsonClass.nullish(),
  class: jsonClass.nullish(),
});

/** What a `.cls` or `.json` says: a class; of a `.json` also its number and its name, or nothing. */
async function classesIn(tree: FileTree, file: SourceFile): Promise<string[]> {
  const place = `${tree.path}: ${file.path}`;
  const bytes = await tree.read(file);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).trim();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InputError(place, "the text is not UTF-8", "Write the shard again with UTF-8");
  }
  const refuse = (): never => {
    throw new InputError(
      place,
      `it gives no class: ${text.slice(0, 100)}`,
      'Write a class\'s number or name, in a .json as "label" or "class"',
    );
  };
  if (isClass(file.path)) return /^[^\n\r]+$/.test(text) ? [text.normalize("NFC")] : refuse();
  try {
    const said = jsonSchema.parse(JSON.parse(text));
    return [said.label, said.class].filter((name) => name != null)
      .map((name) => name.normalize("NFC"));
  } catch {
    return refuse();
  }
}
