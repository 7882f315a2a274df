import * as z from "zod";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { InputError } from "@/lib/base/errors.ts";
import { exists } from "@/lib/base/files.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { adapters, type FilesBinding, openDataSet } from "@/lib/data/adapters/mod.ts";
import type { Binding } from "@/lib/data/bindings.ts";
import type { Hierarchy } from "@/lib/data/hierarchy.ts";
import { contentHash, stampOf } from "@/lib/data/identity.ts";
import { memoised } from "@/lib/data/memo.ts";
import { type WorldName, worldTree, worldVersion } from "@/lib/data/worlds/mod.ts";

/** Part of every identity, raised when the same files begin to mean other images or labels. */
const adapterVersion = 3;

/** How many images a world has, and the seed of its drawings; photographs ignore it. */
export interface WorldSize {
  readonly train: number;
  readonly test: number;
  readonly seed: number;
}

/** What planning has to know of a domain, found without decoding an image. */
export interface DomainFacts {
  /** The content identity, 64 hexadecimal digits: equal for equal images and labels. */
  readonly id: string;
  /** The kind of data set. */
  readonly dataset: string;
  /** Where the images come from, for people. */
  readonly source: string;
  readonly trainImages: number;
  readonly testImages: number;
  readonly hierarchy: Hierarchy;
}

/**
 * The facts of a domain. Files are hashed and listed once and remembered by path, size, times and inode.
 *
 * @param options `world` sizes a world; `memo` is the folder that remembers, made when missing; with `null` nothing is remembered.
 * @throws {InputError} If the path does not exist, its layout is wrong, or it changes while being read.
 */
export async function domainFacts(
  binding: Binding,
  options: { readonly world: WorldSize; readonly memo: string | null },
): Promise<DomainFacts> {
  if (binding.dataset === "world") return worldFacts(binding.world, options.world);
  const paths = pathsOf(binding);
  for (const path of paths) {
    if (await exists(path)) continue;
    throw new InputError(path, "the path does not exist", "Correct it in data.yaml");
  }
  const { dataset } = binding;
  const stamp = await stampOf(paths);
  const key = { adapterVersion, binding: JSON.stringify(binding), stamp };
  const { hash, ...facts } = await memoised(key, {
    folder: options.memo,
    schema: memoSchema,
    compute: async () => {
      const found = await readFacts(binding);
      if (await stampOf(paths) === stamp) return found;
      throw new InputError(paths.join(", "), "the files changed while they were read", "Run again");
    },
  });
  return {
    id: sha256(canonicalJson({ dataset, adapterVersion, hash })),
    dataset,
    source: paths.join(", "),
    ...facts,
  };
}

/** All that a binding names. */
function pathsOf(binding: FilesBinding): string[] {
  return Object.keys(adapters[binding.dataset].paths)
    .flatMap((field) => (binding as Readonly<Record<string, string | string[]>>)[field] ?? []);
}

function worldFacts(world: WorldName, size: WorldSize): DomainFacts {
  const { train, test, seed } = size;
  return {
    id: sha256(canonicalJson({ dataset: "world", world, worldVersion, seed, train, test })),
    dataset: "world",
    source: `built-in world ${world}, drawn from seed ${seed}`,
    trainImages: train,
    testImages: test,
    hierarchy: worldTree(world),
  };
}

const memoSchema = z.strictObject({
  hash: z.string().length(64),
  trainImages: z.int(),
  testImages: z.int(),
  hierarchy: z.strictObject({
    levels: z.array(z.string()),
    leaves: z.array(z.strictObject({ name: z.string(), path: z.array(z.string()) })),
  }),
});

async function readFacts(binding: FilesBinding): Promise<z.infer<typeof memoSchema>> {
  using data = await openDataSet(binding);
  const { levels, leaves } = data.hierarchy;
  return {
    hash: await contentHash(data),
    trainImages: data.train.length,
    testImages: data.test.length,
    hierarchy: {
      levels: [...levels],
      leaves: leaves.map((leaf) => ({ name: leaf.name, path: [...leaf.path] })),
    },
  };
}
