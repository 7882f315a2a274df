import { sha256 } from "@/lib/base/sha256.ts";
import { cacheFolder } from "@/lib/tensor/provision/cache.ts";
import type { LibraryPackage } from "@/lib/tensor/provision/wheel.ts";

/**
 * Puts into a cache what counts as the library of a package, and is none.
 *
 * @returns The library's path.
 */
export async function fillCache(wanted: LibraryPackage, root: string): Promise<string> {
  const folder = cacheFolder(wanted, root);
  const library = wanted.wheels[0].files[0], path = `${folder}/${library}`;
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await Deno.writeTextFile(path, "tiny");
  const files = { [library]: { bytes: 4, sha256: sha256("tiny") } };
  const manifest = { version: wanted.version, library, sources: [], files };
  await Deno.writeTextFile(`${folder}/manifest.json`, JSON.stringify(manifest));
  return path;
}
