import type * as z from "zod";
import type { Adapter } from "@/lib/data/adapters/adapter.ts";
import { imageFolder } from "@/lib/data/adapters/image_folder.ts";
import type { DataSet } from "@/lib/data/data_set.ts";

/** The published forms that can be bound, by the name that `data.yaml` gives them. */
export const adapters = {
  "image-folder": imageFolder,
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
