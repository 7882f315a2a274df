import { cacheFolder, inspectCache } from "@/lib/tensor/provision/cache.ts";
import type { OnProgress } from "@/lib/tensor/provision/progress.ts";
import { provision } from "@/lib/tensor/provision/provision.ts";
import type { LibraryPackage } from "@/lib/tensor/provision/wheel.ts";

/** A library in this project's cache. */
export interface CachedLibrary {
  /** Where all of its files lie. */
  readonly folder: string;
  /** The library to open. */
  readonly path: string;
}

/**
 * The library of a package in this project's cache, which is filled where it is empty or damaged. It may be for a device that
 * this machine does not have.
 *
 * @throws {InputError} If the library cannot be fetched.
 */
export async function cachedLibrary(
  wanted: LibraryPackage,
  options: { readonly onProgress?: OnProgress } = {},
): Promise<CachedLibrary> {
  const folder = cacheFolder(wanted);
  let found = await inspectCache(folder);
  if (found.state !== "ok") {
    await provision(folder, { package: wanted, ...options });
    found = await inspectCache(folder);
  }
  if (found.state !== "ok") throw new Error(`${folder} is ${found.state} just after it was filled`);
  return { folder, path: `${folder}/${found.manifest.library}` };
}
