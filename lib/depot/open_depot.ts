import { InputError } from "@/lib/base/errors.ts";
import type { Depot } from "@/lib/depot/depot.ts";
import { storeDepot } from "@/lib/depot/store_depot.ts";
import { findStore, type FoundStore, openStore } from "@/lib/store/mod.ts";

const remedy = "Give a folder that is a store, empty or not there yet, or s3://BUCKET/PREFIX";

/**
 * A depot by its name, to send artifacts to: `s3://bucket/prefix`, or a folder, which becomes a store.
 *
 * @throws {InputError} If it is something else, or cannot be written.
 */
export async function openDepot(name: string): Promise<Depot> {
  if (!isBucket(name)) return storeDepot(await folder(name, openStore));
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
  const store = await folder(name, findStore);
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

/** A store that is named by itself, and by no `--store`. */
async function folder(
  name: string,
  open: (folder: string) => Promise<FoundStore>,
): Promise<FoundStore> {
  try {
    return await open(name);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(name || '""', error.problem, remedy, { cause: error });
  }
}
