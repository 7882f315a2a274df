import * as z from "zod";
import { canonicalJson, type Json } from "@/lib/base/canonical_json.ts";
import { InputError } from "@/lib/base/errors.ts";
import { exists } from "@/lib/base/files.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import type { Drawn, WorldSize } from "@/lib/data/adapters/adapter.ts";
import { adapterOf, type Binding, openDataSet } from "@/lib/data/adapters/mod.ts";
import { readContent } from "@/lib/data/checks/content.ts";
import { sameImages } from "@/lib/data/checks/duplicates.ts";
import { contentHash, stampOf } from "@/lib/data/checks/identity.ts";
import { memoised } from "@/lib/data/checks/memo.ts";
import { notesOf } from "@/lib/data/checks/notes.ts";
import type { DataSet } from "@/lib/data/data_set.ts";
import { type Finding, findingNames, findingsOf } from "@/lib/data/findings.ts";
import type { Hierarchy } from "@/lib/data/hierarchy.ts";

/** Part of every identity, raised when the same files begin to mean other images or labels. */
const adapterVersion = 3;

/** What planning has to know of a domain, found without decoding an image. */
export interface DomainFacts {
  /** The hash of `identity`, 64 hexadecimal digits: equal for equal images and labels. */
  readonly id: string;
  /** All that decides its images and labels. */
  readonly identity: Readonly<Record<string, string | number>>;
  /** The kind of data set. */
  readonly dataset: string;
  /** Where the images come from, for people. */
  readonly source: string;
  readonly trainImages: number;
  readonly testImages: number;
  readonly unlabelledImages: number;
  readonly hierarchy: Hierarchy;
  /** What is wrong with it. */
  readonly findings: readonly Finding[];
  /** What is worth knowing of it and may be meant, a sentence each. */
  readonly notes: readonly string[];
}

/** How the facts of a data set on disk are found. */
export interface FilesOptions {
  /** The folder that remembers, made when missing; with `null` nothing is remembered. */
  readonly memo: string | null;
  /** Called with the images read and all, where they are read. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Called with the path of what is remembered. */
  readonly onMemo?: (path: string) => void;
}

/**
 * The facts of a domain.
 *
 * @param options `world` sizes a world.
 * @throws {InputError} As {@linkcode filesFacts} does.
 */
export async function domainFacts(
  binding: Binding,
  { world, ...options }: FilesOptions & { readonly world: WorldSize },
): Promise<DomainFacts> {
  const { drawn } = await adapterOf(binding);
  return drawn === undefined
    ? await filesFacts(binding, options)
    : await drawnFacts(binding, { ...drawn(binding, world), size: world });
}

/**
 * The facts of a data set on disk. Its files are hashed, listed and judged once, and remembered by path, size, times and
 * inode.
 *
 * @throws {InputError} If the path does not exist, its layout is wrong, or it changes while being read.
 */
export async function filesFacts(
  binding: Binding,
  options: FilesOptions,
): Promise<DomainFacts> {
  const paths = await pathsOf(binding);
  for (const path of paths) {
    if (await exists(path)) continue;
    throw new InputError(path, "the path does not exist", "Correct it in data.yaml");
  }
  const { dataset } = binding;
  const { alsoRead } = await adapterOf(binding);
  const read = [...paths, ...await alsoRead?.(binding) ?? []];
  const stamp = await stampOf(read);
  const key = { adapterVersion, binding: JSON.stringify(binding), stamp };
  const { hash, ...facts } = await memoised(key, {
    folder: options.memo,
    ...options.onMemo && { onUse: options.onMemo },
    schema: memoSchema,
    compute: async () => {
      const found = await readFacts(binding, options.onProgress);
      if (await stampOf(read) === stamp) return found;
      throw new InputError(paths.join(", "), "the files changed while they were read", "Run again");
    },
  });
  return {
    ...identified({ dataset, adapterVersion, hash, ...await readingOf(binding) }),
    dataset,
    source: paths.join(", "),
    ...facts,
  };
}

/** All that a binding names. */
async function pathsOf(binding: Binding): Promise<string[]> {
  const { paths } = await adapterOf(binding);
  return Object.keys(paths)
    .flatMap((field) => (binding as Readonly<Record<string, string | string[]>>)[field] ?? []);
}

/**
 * What of a binding decides how its files are read, as a hash: of which columns, and how many of them are of each split, say; none
 * where it names nothing but where they are.
 */
async function readingOf(binding: Binding): Promise<{ readonly reading?: string }> {
  const { paths } = await adapterOf(binding);
  const told: Record<string, Json> = {};
  const fields: Readonly<Record<string, string | string[] | undefined>> = { ...binding };
  for (const [field, value] of Object.entries(fields)) {
    if (field === "dataset" || value === undefined) continue;
    if (!Object.hasOwn(paths, field)) told[field] = value;
    else if (Array.isArray(value)) told[field] = value.length;
  }
  const isTold = Object.keys(told).length > 0;
  return isTold ? { reading: sha256(canonicalJson(told)) } : {};
}

async function drawnFacts(
  binding: Binding,
  { identity, source, size }: Drawn & { readonly size: WorldSize },
): Promise<DomainFacts> {
  const { dataset } = binding;
  using data = await openDataSet(binding, size);
  return {
    ...identified({ dataset, ...identity }),
    dataset,
    source,
    ...countsOf(data),
    hierarchy: data.hierarchy,
    findings: [],
    notes: [],
  };
}

function identified(identity: DomainFacts["identity"]): Pick<DomainFacts, "id" | "identity"> {
  return { id: sha256(canonicalJson(identity)), identity };
}

function countsOf(
  { train, test, unlabelled }: DataSet,
): Pick<DomainFacts, "trainImages" | "testImages" | "unlabelledImages"> {
  return {
    trainImages: train.length,
    testImages: test.length,
    unlabelledImages: unlabelled.length,
  };
}

const memoSchema = z.strictObject({
  hash: z.string().length(64),
  trainImages: z.int(),
  testImages: z.int(),
  unlabelledImages: z.int(),
  hierarchy: z.strictObject({
    levels: z.array(z.string()),
    leaves: z.array(z.strictObject({ name: z.string(), path: z.array(z.string()) })),
  }),
  findings: z.array(z.strictObject({ name: z.enum(findingNames), sentence: z.string() })),
  notes: z.array(z.string()),
});

async function readFacts(
  binding: Binding,
  onProgress: FilesOptions["onProgress"],
): Promise<z.infer<typeof memoSchema>> {
  using data = await openDataSet(binding);
  const { levels, leaves } = data.hierarchy;
  const content = await readContent(data, onProgress);
  const same = await sameImages(data, content);
  return {
    hash: contentHash(data, content),
    ...countsOf(data),
    hierarchy: {
      levels: [...levels],
      leaves: leaves.map((leaf) => ({ name: leaf.name, path: [...leaf.path] })),
    },
    findings: findingsOf(data, { content, same }).map((one) => ({ ...one })),
    notes: [...notesOf(data, same)],
  };
}
