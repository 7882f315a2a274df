import * as z from "zod";
import { writeAtomic } from "@/lib/base/files.ts";
import type { Split } from "@/lib/data/data_set.ts";
import type { Hierarchy } from "@/lib/data/hierarchy.ts";
import { orderedMap } from "@/lib/data/ordered_map.ts";
import type { PackedImage, SkippedImage } from "@/lib/data/pack.ts";
import { packForm, storedImage } from "@/lib/data/pack_form.ts";
import { holds, type SplitWriter, splitWriter, type Written } from "@/lib/data/split_writer.ts";

/** How many images a pack holds. */
export interface PackCounts {
  readonly train: number;
  readonly test: number;
}

/** Writes a pack image by image, all of a split before the next. */
export interface PackWriter {
  /** How many pictures of each split are dealt with, written or skipped; not 0 where an earlier writing goes on. */
  readonly offered: PackCounts;
  readonly skipped: readonly SkippedImage[];
  add(split: Split, picture: PackedImage | SkippedImage): Promise<void>;
  /** Writes what is left, and `dataset.json` last, so that a pack with it is whole. */
  finish(): Promise<PackCounts>;
  /** Closes the files, with or without `finish()` before. */
  close(): void;
}

/** What a pack is. */
export interface PackOptions {
  readonly px: number;
  readonly hierarchy: Hierarchy;
  /**
   * What is being written, in one word: keeps a journal in the folder, and goes on where a writing of the same identity was
   * ended. Without it the folder must be empty.
   */
  readonly identity?: string;
}

const counts = z.strictObject({ train: z.int().nonnegative(), test: z.int().nonnegative() });
const written = z.strictObject({ images: z.int(), bytes: z.int() });
const journalSchema = z.strictObject({
  identity: z.string(),
  offered: counts,
  written: z.strictObject({ train: written, test: written }),
  skipped: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
});

/** Bytes that are gathered before they are written, so that a small image is no system call of its own. */
const BUFFER = 4 * 2 ** 20;

/**
 * Begins a pack, or goes on with one.
 *
 * @throws {RangeError} From `add()`, if an image has another size or its label is no leaf.
 */
export async function openPackWriter(folder: string, options: PackOptions): Promise<PackWriter> {
  const { px, hierarchy, identity } = options;
  const journal = `${folder}/journal.json`;
  const stemOf = (split: Split) => `${folder}/${split}`;
  const found = identity === undefined ? undefined : await readJournal(journal, identity);
  const begun = found && holds(stemOf("train"), px, found.written.train) &&
      holds(stemOf("test"), px, found.written.test)
    ? found
    : undefined;
  if (identity !== undefined && begun === undefined) await clear(folder);
  const offered = { ...begun?.offered ?? { train: 0, test: 0 } };
  const skipped: SkippedImage[] = [...begun?.skipped ?? []];
  const open = (split: Split): SplitWriter =>
    splitWriter(stemOf(split), { px, leaves: hierarchy.leaves.length }, begun?.written[split]);
  const splits = { train: open("train"), test: open("test") };
  let waiting = 0;

  async function flush(): Promise<void> {
    const state: Record<Split, Written> = {
      train: splits.train.flush(),
      test: splits.test.flush(),
    };
    waiting = 0;
    if (identity === undefined) return;
    await writeAtomic(journal, JSON.stringify({ identity, offered, written: state, skipped }));
  }

  return {
    offered,
    skipped,
    async add(split, picture) {
      offered[split]++;
      if ("reason" in picture) {
        skipped.push(picture);
        return;
      }
      splits[split].add(picture);
      waiting += picture.image.length;
      if (waiting >= BUFFER) await flush();
    },
    async finish() {
      await flush();
      const [train, test] = [splits.train.flush().images, splits.test.flush().images];
      const dataset = { px, train, test, hierarchy, skipped };
      await writeAtomic(`${folder}/dataset.json`, `${JSON.stringify(dataset, null, 1)}\n`);
      if (identity !== undefined) await Deno.remove(journal);
      return { train, test };
    },
    close() {
      splits.train.close();
      splits.test.close();
    },
  };
}

/** What a pack is written from, all at once. */
export interface PackContent {
  readonly px: number;
  readonly hierarchy: Hierarchy;
  readonly train: AsyncIterable<PackedImage>;
  readonly test: AsyncIterable<PackedImage>;
}

/**
 * Writes a pack in the order given.
 *
 * @param folder An empty folder.
 * @throws {RangeError} If an image has another size or its label is no leaf.
 */
export async function writePack(folder: string, content: PackContent): Promise<PackCounts> {
  const { px } = content;
  const writer = await openPackWriter(folder, content);
  const limit = packForm(px) === "raw" ? 1 : 2 * navigator.hardwareConcurrency;
  const map = async ({ image, leaf }: PackedImage) => ({
    image: await storedImage(image, px),
    leaf,
  });
  try {
    for (const split of ["train", "test"] as const) {
      for await (const picture of orderedMap(content[split], { limit, map })) {
        await writer.add(split, picture);
      }
    }
    return await writer.finish();
  } finally {
    writer.close();
  }
}

async function readJournal(path: string, identity: string) {
  try {
    const journal = journalSchema.parse(JSON.parse(await Deno.readTextFile(path)));
    return journal.identity === identity ? journal : undefined;
  } catch {
    // None, or one that is cut short: begin anew.
    return undefined;
  }
}

async function clear(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder, { recursive: true });
}
