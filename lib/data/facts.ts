import { createHash } from "node:crypto";
import * as z from "zod";
import { canonicalJson, type Json } from "@/lib/base/canonical_json.ts";
import { InputError } from "@/lib/base/errors.ts";
import { exists } from "@/lib/base/files.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import type { Binding } from "@/lib/data/bindings.ts";
import type { Hierarchy } from "@/lib/data/hierarchy.ts";
import { hashFolder, isTar, listCounted, openImageFolder } from "@/lib/data/image_folder.ts";
import { type FileStamp, fileStamp, memoised } from "@/lib/data/memo.ts";
import { type WorldName, worldTree, worldVersion } from "@/lib/data/worlds/mod.ts";

/** Part of every identity, raised when the same files begin to mean other images or labels. */
const adapterVersion = 1;

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
 * The facts of a domain. Photographs are hashed and listed once and remembered by path, size, times and inode.
 *
 * @param options `world` sizes a world; `memo` is the folder that remembers, made when missing.
 * @throws {InputError} If the path does not exist, its layout is wrong, or it changes while being read.
 */
export async function domainFacts(
  binding: Binding,
  options: { readonly world: WorldSize; readonly memo: string },
): Promise<DomainFacts> {
  if (binding.dataset === "world") return worldFacts(binding.world, options.world);
  const { path } = binding;
  if (!await exists(path)) {
    throw new InputError(path, "the path does not exist", "Correct it in data.yaml");
  }
  const stamp = await stampOf(path);
  const { hash, ...facts } = await memoised({ adapterVersion, path, stamp }, {
    folder: options.memo,
    schema: memoSchema,
    compute: async () => {
      const found = await readFacts(path);
      if (canonicalJson(await stampOf(path)) === canonicalJson(stamp)) return found;
      throw new InputError(path, "the files changed while they were read", "Run again");
    },
  });
  return {
    id: sha256(canonicalJson({ dataset: "image-folder", adapterVersion, hash })),
    dataset: "image-folder",
    source: path,
    ...facts,
  };
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

/** Reads a tar once, both listing and hashing it; a folder's names once and its files once. */
async function readFacts(path: string): Promise<z.infer<typeof memoSchema>> {
  const tarHash = createHash("sha256");
  using folder = await openImageFolder(path, { onBytes: (bytes) => tarHash.update(bytes) });
  const { levels, leaves } = folder.hierarchy;
  return {
    hash: isTar(path) ? tarHash.digest("hex") : await hashFolder(path),
    trainImages: folder.train.length,
    testImages: folder.test.length,
    hierarchy: {
      levels: [...levels],
      leaves: leaves.map((leaf) => ({ name: leaf.name, path: [...leaf.path] })),
    },
  };
}

/** The stamp of a tar, or one hash over the stamps of a folder's files. */
async function stampOf(path: string): Promise<Json> {
  if (isTar(path)) return fileStamp(path);
  const stamps: [string, FileStamp][] = (await listCounted(path))
    .map((file) => [file.path, fileStamp(`${path}/${file.path}`)]);
  return sha256(canonicalJson(stamps));
}
