import assert from "node:assert/strict";
import { contentOf, type Manifest, readManifest, wrongFile } from "@/lib/store/mod.ts";

/** The manifest of every artifact in a store, each verified with its files. */
export async function manifestsIn(store: string): Promise<ReadonlyMap<string, Manifest>> {
  const found = new Map<string, Manifest>();
  for await (const shelf of Deno.readDir(`${store}/artifacts`)) {
    for await (const { name } of Deno.readDir(`${store}/artifacts/${shelf.name}`)) {
      const folder = `${store}/artifacts/${shelf.name}/${name}`;
      const manifest = await readManifest(folder, name);
      assert.ok(typeof manifest !== "string", `${name}: ${manifest}`);
      assert.equal(await wrongFile(folder, manifest), undefined, name);
      found.set(name, manifest);
    }
  }
  return found;
}

/** The content of every artifact in a store, each verified. */
export async function contentsOf(store: string): Promise<Map<string, string>> {
  const manifests = await manifestsIn(store);
  return new Map([...manifests].map(([key, { files }]) => [key, contentOf(files)]));
}
