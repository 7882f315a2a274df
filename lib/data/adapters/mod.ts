import type * as z from "zod";
import type { Adapter, WorldSize } from "@/lib/data/adapters/adapter.ts";
import type { DataSet } from "@/lib/data/data_set.ts";

/**
 * The forms that can be bound, by the name that `data.yaml` gives them: the built-in worlds and the published ones. Loaded when first needed, so that an ingest
 * rests on the code of its own form alone.
 */
export const adapters = {
  world: async () => (await import("@/lib/data/adapters/world.ts")).world,
  "image-folder": async () => (await import("@/lib/data/adapters/image_folder.ts")).imageFolder,
  "tar-shards": async () => (await import("@/lib/data/adapters/tar_shards.ts")).tarShards,
  parquet: async () => (await import("@/lib/data/adapters/parquet.ts")).parquet,
  csv: async () => (await import("@/lib/data/adapters/csv.ts")).csv,
  imagenet: async () => (await import("@/lib/data/adapters/imagenet.ts")).imagenet,
  inat21: async () => (await import("@/lib/data/adapters/inat21.ts")).inat21,
  places365: async () => (await import("@/lib/data/adapters/places365.ts")).places365,
  glc20: async () => (await import("@/lib/data/adapters/glc20.ts")).glc20,
  cifar10: async () => (await import("@/lib/data/adapters/cifar10.ts")).cifar10,
  cifar100: async () => (await import("@/lib/data/adapters/cifar100.ts")).cifar100,
} as const;

/** The name of a form. */
export type FormName = keyof typeof adapters;

type AdapterOf<Name extends FormName> = Awaited<ReturnType<(typeof adapters)[Name]>>;

/** What a role stands for: a data set of some form; its paths are absolute and were there. */
export type Binding = {
  [Name in FormName]: z.output<AdapterOf<Name>["schema"]>;
}[FormName];

/** The form of a binding. */
export async function adapterOf({ dataset }: Pick<Binding, "dataset">): Promise<Adapter> {
  return await adapters[dataset]() as Adapter;
}

/**
 * Opens a data set.
 *
 * @param size Of a world, which is empty without it.
 * @throws {InputError} If it is not of the form that its binding says.
 */
export async function openDataSet(binding: Binding, size?: WorldSize): Promise<DataSet> {
  const { open } = await adapterOf(binding);
  return await open(binding, size);
}
