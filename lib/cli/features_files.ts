import { InputError } from "@/lib/base/errors.ts";
import { exists } from "@/lib/base/files.ts";
import { checkFolderName, tryFolder } from "@/lib/base/folders.ts";
import { npyHeader, type NpyType } from "@/lib/base/npy.ts";
import { explaining } from "@/lib/base/system_errors.ts";
import {
  type Binding,
  classesAt,
  imageNames,
  openDataSet,
  type PackLabels,
  readPackLabels,
  type WorldSize,
} from "@/lib/data/mod.ts";
import { writeFeaturesParquet } from "@/lib/results/mod.ts";

/** A part of a data set of which features are written. */
export type FeatureSplit = "train" | "test";

/** The artifacts of a role's images and of their features. */
export interface FeatureSource {
  readonly role: string;
  readonly binding: Binding;
  readonly world: WorldSize;
  /** The folder of its pack. */
  readonly images: string;
  /** The folder of the features. */
  readonly features: string;
  readonly splits: readonly FeatureSplit[];
}

/** A file that was written. */
export interface WrittenFeatures {
  readonly path: string;
  /** What is in it, in words. */
  readonly holds: string;
}

/**
 * Makes sure, before work begins, that features can be written into a folder and nothing is replaced.
 *
 * @throws {InputError} If not.
 */
export async function checkFeaturesFolder(
  out: string,
  roles: readonly string[],
  splits: readonly FeatureSplit[],
): Promise<void> {
  const use = { place: `--out ${out}`, remedy: "Choose another folder with --out" };
  checkFolderName(out, use);
  await tryFolder(out, use);
  for (const role of roles) {
    for (const name of splits.flatMap((split) => Object.values(namesOf(role, split)))) {
      if (await exists(`${out}/${name}`)) throw taken(out, name);
    }
  }
}

function taken(out: string, name: string): InputError {
  return new InputError(
    `--out ${out}`,
    `${name} is there already`,
    "Move it away, or choose another folder with --out",
  );
}

function namesOf(role: string, split: FeatureSplit) {
  const stem = `${role}-${split}`;
  return {
    npy: `${stem}.npy`,
    labels: `${stem}-labels.npy`,
    classes: `${stem}-classes.json`,
    parquet: `${stem}.parquet`,
  };
}

/**
 * Writes the features of roles for others to read: of each split `.npy` files of the features and of the labels, and both with the
 * images' names as Parquet; and the names of the classes.
 *
 * @returns The files, which appear when all of them are whole, and replace none.
 * @throws {InputError} If one of their names has been taken since it was looked at, and the system's errors in words: then none of
 * them stays.
 */
export async function writeFeatureFiles(
  sources: readonly FeatureSource[],
  out: string,
): Promise<readonly WrittenFeatures[]> {
  const made = `${out}/.features-${crypto.randomUUID()}.tmp`;
  return await explaining(out, async () => {
    try {
      await Deno.mkdir(made, { recursive: true });
      const files: NamedFile[] = [];
      for (const source of sources) files.push(...await filesOfRole(source, made));
      await placeFiles(made, { out, names: files.map(({ name }) => name) });
      return files.map(({ name, holds }) => ({ path: `${out}/${name}`, holds }));
    } finally {
      await Deno.remove(made, { recursive: true }).catch(() => {});
    }
  });
}

interface NamedFile extends Omit<WrittenFeatures, "path"> {
  readonly name: string;
}

async function filesOfRole(source: FeatureSource, folder: string): Promise<readonly NamedFile[]> {
  const { role, images, features, splits, binding, world } = source;
  const pack = await readPackLabels(images);
  const { hierarchy } = pack;
  const levels = hierarchy.levels.map((level) => classesAt(hierarchy, level));
  const files: NamedFile[] = [];
  const write = async (name: string, holds: string, make: (path: string) => Promise<void>) => {
    await make(`${folder}/${name}`);
    files.push({ name, holds });
  };
  for (const split of splits) {
    const count = pack[split];
    if (count === 0) continue;
    const names = namesOf(role, split), numbers = `${features}/${split}.f32`;
    const { size } = await Deno.stat(numbers);
    const dimensions = size / 4 / count;
    await write(
      names.npy,
      `float32 [${count}, ${dimensions}]`,
      (path) => writeNpy(path, { type: "<f4", shape: [count, dimensions], from: numbers }),
    );
    const leaves = pack.labels(split);
    const labels = Uint16Array.from({ length: count * levels.length }, (_, i) => {
      const image = Math.floor(i / levels.length);
      return levels[i % levels.length]!.classOfLeaf[leaves[image]!]!;
    });
    await write(
      names.labels,
      `uint16 [${count}, ${levels.length}]`,
      (path) => writeNpy(path, { type: "<u2", shape: [count, levels.length], from: labels }),
    );
    const classes = levels.map(({ level, names }) => ({ level, classes: names }));
    await write(
      names.classes,
      "the classes that the columns of the labels number",
      (path) => Deno.writeTextFile(path, `${JSON.stringify(classes, null, 1)}\n`),
    );
    const shown = await filesOf(split, { binding, world, pack });
    const columns = {
      file: (image: number) => shown?.[image] ?? null,
      ...Object.fromEntries(levels.map(({ level, classOfLeaf, names }) => [
        `label_${level}`,
        (image: number) => names[classOfLeaf[leaves[image]!]!]!,
      ])),
    };
    await write(
      names.parquet,
      `${Object.keys(columns).join(", ")}, features`,
      async (path) => {
        using file = await Deno.open(numbers);
        await writeFeaturesParquet(path, {
          images: count,
          dimensions,
          columns,
          features: (start, end) => floats(file, { start, end, dimensions }),
        });
      },
    );
  }
  return files;
}

/** Moves files into a folder: all, or none where one would replace what is there. */
async function placeFiles(from: string, { out, names }: {
  readonly out: string;
  readonly names: readonly string[];
}): Promise<void> {
  const placed: string[] = [];
  try {
    for (const name of names) {
      await moveNew(`${from}/${name}`, `${out}/${name}`).catch((error) => {
        throw error instanceof Deno.errors.AlreadyExists ? taken(out, name) : error;
      });
      placed.push(name);
    }
  } catch (error) {
    for (const name of placed) await Deno.remove(`${out}/${name}`);
    throw error;
  }
}

async function moveNew(from: string, to: string): Promise<void> {
  try {
    // Fails where the name is taken, which a second run may have done, and a renamed file would replace it.
    await Deno.link(from, to);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) throw error;
    // The file system may have no links.
    if (await exists(to)) throw new Deno.errors.AlreadyExists();
    await Deno.rename(from, to);
  }
}

async function writeNpy(path: string, { type, shape, from }: {
  readonly type: NpyType;
  readonly shape: readonly number[];
  /** The numbers, or the file of them. */
  readonly from: string | Uint16Array;
}): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  await writeAll(file, npyHeader(type, shape));
  if (typeof from !== "string") {
    return await writeAll(file, new Uint8Array(from.buffer, from.byteOffset, from.byteLength));
  }
  using numbers = await Deno.open(from);
  const piece = new Uint8Array(1 << 20);
  for (let read; (read = await numbers.read(piece)) !== null;) {
    await writeAll(file, piece.subarray(0, read));
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

async function floats(file: Deno.FsFile, { start, end, dimensions }: {
  readonly start: number;
  readonly end: number;
  readonly dimensions: number;
}): Promise<Float32Array> {
  const values = new Float32Array((end - start) * dimensions);
  const bytes = new Uint8Array(values.buffer);
  await file.seek(4 * start * dimensions, Deno.SeekMode.Start);
  for (let at = 0; at < bytes.length;) {
    const read = await file.read(bytes.subarray(at));
    if (read === null) throw new TypeError("The features have become fewer while they were read");
    at += read;
  }
  return values;
}

/** The names of a split's images in the pack's order; undefined where they cannot be told apart. */
async function filesOf(split: FeatureSplit, { binding, world, pack }: {
  readonly binding: Binding;
  readonly world: WorldSize;
  readonly pack: PackLabels;
}): Promise<readonly string[] | undefined> {
  using data = await openDataSet(binding, world);
  return imageNames(data[split], { count: pack[split], skipped: pack.skipped });
}
