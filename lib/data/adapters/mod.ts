import type * as z from "zod";
import type { Adapter } from "@/lib/data/adapters/adapter.ts";
import { cifar10 } from "@/lib/data/adapters/cifar10.ts";
import { cifar100 } from "@/lib/data/adapters/cifar100.ts";
import { glc20 } from "@/lib/data/adapters/glc20.ts";
import { imageFolder } from "@/lib/data/adapters/image_folder.ts";
import { imagenet } from "@/lib/data/adapters/imagenet.ts";
import { inat21 } from "@/lib/data/adapters/inat21.ts";
import { places365 } from "@/lib/data/adapters/places365.ts";
import { tarShards } from "@/lib/data/adapters/tar_shards.ts";
import type { DataSet } from "@/lib/data/data_set.ts";

/** The published forms that can be bound, by the name that `data.yaml` gives them. */
export const adapters = {
  "image-folder": imageFolder,
  "tar-shards": tarShards,
  imagenet,
  inat21,
  places365,
  glc20,
  cifar10,
  cifar100,
} as const;

/** A data set on disk, bound to a role; its paths are absolute and were there. */
export type FilesBinding = {
  [Name in keyof typeof adapters]: z.output<(typeof adapters)[Name]["schema"]>;
}[keyof typeof adapters];

/**
 * Opens a data set.
 *
 * @throws {InputError} If it is not of the form that its binding says.
 */
export async function openDataSet(binding: FilesBinding): Promise<DataSet> {
  const { open } = adapters[binding.dataset] as unknown as Adapter;
  return await open(binding);
}
