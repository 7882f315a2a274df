import { InputError } from "@/lib/base/errors.ts";
import type { FolderUse } from "@/lib/base/folders.ts";
import type { Depot } from "@/lib/depot/depot.ts";
import { storeDepot } from "@/lib/depot/store_depot.ts";
import { findStore, openStore } from "@/lib/store/mod.ts";

/**
 * A depot by its name, to send artifacts to: `s3://bucket/prefix`, or a folder, which becomes a store.
 *
 * @throws {InputError} If it is something else, or cannot be written.
 */
export async function openDepot(name: string): Promise<Depot> {
  if (!isBucket(name)) return storeDepot(await openStore(name, useOf(name)));
  const { openBucket } = await import("@/lib/depot/bucket_depot.ts");
  return await openBucket(name);
}

/**
 * The same to fetch artifacts from: nothing is made.
 *
 * @throws {InputError} If no artifacts were ever put there.
 */
export async function findDepot(name: string): Promise<Depot> {
  if (isBucket(name)) {
    const { findBucket } = await import("@/lib/depot/bucket_depot.ts");
    return await findBucket(name);
  }
  const store = await findStore(name, useOf(name));
  if (store.made) return storeDepot(store);
  throw new InputError(
    name,
    "it holds no store, and nothing was pushed there",
    "Give the folder that was pushed to, or another store",
  );
}

function isBucket(name: string): boolean {
  return name.startsWith("s3:");
}

function useOf(name: string): FolderUse {
  return {
    place: name || '""',
    remedy: "Give a folder that is a store, empty or not there yet, or s3://BUCKET/PREFIX",
  };
}
