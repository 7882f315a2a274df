import * as z from "zod";
import { writeAtomic } from "@/lib/base/files.ts";
import { orderedMap } from "@/lib/base/ordered_map.ts";
import { type Split, splits } from "@/lib/data/data_set.ts";
import type { Hierarchy } from "@/lib/data/hierarchy.ts";
import type { PackedImage } from "@/lib/data/pack.ts";
import type { SkippedImage } from "@/lib/data/pack_labels.ts";
import { packForm, storedImage } from "@/lib/data/packing/pack_form.ts";
import { holds, splitWriter, type Written } from "@/lib/data/packing/split_writer.ts";

/** How many images a pack holds of each split. */
export type PackCounts = Readonly<Record<Split, number>>;

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
  /** Whether it has a split without labels; not so by default. */
  readonly unlabelled?: boolean;
  /**
   * What is being written, in one word: keeps a journal in the folder, and goes on where a writing of the same identity was
   * ended. Without it the folder must be empty.
   */
  readonly identity?: string;
}

/** The name of the file that tells how far a writing is. */
export const journalName = "journal.json";

const written = z.strictObject({ images: z.int(), bytes: z.int() });
const journalSchema = z.strictObject({
  identity: z.string(),
  offered: z.record(z.enum(splits), z.int().nonnegative()),
  written: z.record(z.enum(splits), written),
  skipped: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
});

/** How far a writing is: what lies behind it in the files does not count. */
export type Journal = z.output<typeof journalSchema>;

/** Bytes that are gathered before they are written, so that a small image is no system call of its own. */
const BUFFER = 4 * 2 ** 20;

/**
 * Begins a pack, or goes on with one.
 *
 * @throws {RangeError} From `add()`, if an image has another size or its label is no leaf.
 */
export async function openPackWriter(folder: string, options: PackOptions): Promise<PackWriter> {
  const { px, hierarchy, identity, unlabelled = false } = options;
  const journal = `${folder}/${journalName}`;
  const named = splits.filter((split) => split !== "unlabelled" || unlabelled);
  const parts = named.map((split) => {
    const leaves = split === "unlabelled" ? null : hierarchy.leaves.length;
    return { split, stem: `${folder}/${split}`, form: { px, leaves } };
  });
  const found = identity === undefined ? undefined : await readJournal(journal, identity);
  const begun =
    found && parts.every(({ split, stem, form }) => holds(stem, form, found.written[split]))
      ? found
      : undefined;
  if (identity !== undefined && begun === undefined) await clear(folder);
  const offered = { ...begun?.offered ?? { train: 0, test: 0, unlabelled: 0 } };
  const skipped: SkippedImage[] = [...begun?.skipped ?? []];
  const writers = new Map(
    parts.map(({ split, stem, form }) => [split, splitWriter(stem, form, begun?.written[split])]),
  );
  let waiting = 0;

  function flushAll(): Record<Split, Written> {
    const flushed = (split: Split) => writers.get(split)?.flush() ?? { images: 0, bytes: 0 };
    return {
      train: flushed("train"),
      test: flushed("test"),
      unlabelled: flushed("unlabelled"),
    };
  }

  async function flush(): Promise<PackCounts> {
    const written = flushAll();
    waiting = 0;
    if (identity !== undefined) {
      await writeAtomic(journal, JSON.stringify({ identity, offered, written, skipped }));
    }
    const { train, test, unlabelled } = written;
    return { train: train.images, test: test.images, unlabelled: unlabelled.images };
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
      writers.get(split)!.add(picture);
      waiting += picture.image.length;
      if (waiting >= BUFFER) await flush();
    },
    async finish() {
      const { train, test, unlabelled } = await flush();
      const more = unlabelled > 0 ? { unlabelled } : {};
      const dataset = { px, train, test, ...more, hierarchy, skipped };
      await writeAtomic(`${folder}/dataset.json`, `${JSON.stringify(dataset, null, 1)}\n`);
      if (identity !== undefined) await Deno.remove(journal);
      return { train, test, unlabelled };
    },
    close() {
      for (const writer of writers.values()) writer.close();
    },
  };
}

/** What a pack is written from, all at once. */
export interface PackContent {
  readonly px: number;
  readonly hierarchy: Hierarchy;
  readonly train: AsyncIterable<PackedImage>;
  readonly test: AsyncIterable<PackedImage>;
  /** Images without labels; none by default. */
  readonly unlabelled?: AsyncIterable<PackedImage>;
}

/**
 * Writes a pack in the order given.
 *
 * @param folder An empty folder.
 * @throws {RangeError} If an image has another size or its label is no leaf.
 */
export async function writePack(folder: string, content: PackContent): Promise<PackCounts> {
  const { px } = content;
  const writer = await openPackWriter(folder, {
    px,
    hierarchy: content.hierarchy,
    unlabelled: content.unlabelled !== undefined,
  });
  const limit = packForm(px) === "raw" ? 1 : 2 * navigator.hardwareConcurrency;
  const map = async ({ image, leaf }: PackedImage) => ({
    image: await storedImage(image, px),
    leaf,
  });
  try {
    for (const split of splits) {
      for await (const picture of orderedMap(content[split] ?? [], { limit, map })) {
        await writer.add(split, picture);
      }
    }
    return await writer.finish();
  } finally {
    writer.close();
  }
}

/** Reads the journal of a writing; nothing where there is none of this identity. */
export async function readJournal(path: string, identity: string): Promise<Journal | undefined> {
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
