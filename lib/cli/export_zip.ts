import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { Uint8ArrayReader, ZipWriter, type ZipWriterAddDataOptions } from "@zip.js/zip.js";
import { InputError } from "@/lib/base/errors.ts";
import { exists } from "@/lib/base/files.ts";
import { isLink, tryFolder } from "@/lib/base/folders.ts";
import { artifactFolder, artifactPath, type Manifest, type Store } from "@/lib/store/mod.ts";

/** What goes into a ZIP file. */
export interface ZipContents {
  /** By name. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly store: Store;
  /** Of the artifacts, which lie in it as in the store. */
  readonly manifests: readonly Manifest[];
  readonly onBytes: (done: number, total: number) => void;
}

/**
 * Makes sure that a ZIP file can be written.
 *
 * @throws {InputError} If something is there, or it cannot.
 */
export async function checkZip(path: string): Promise<void> {
  const place = `--out ${path}`;
  if (await exists(path) || await isLink(path)) {
    throw new InputError(place, "something is there", "Move it away, or give another name");
  }
  await tryFolder(dirname(path), { place, remedy: "Choose another place with --out" });
}

/** Writes a ZIP file, which appears whole or not at all; it unpacks into a store that holds the report beside its artifacts. */
export async function writeZip(
  path: string,
  { files, store, manifests, onBytes }: ZipContents,
): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${Deno.pid}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  const total = manifests.flatMap(({ files }) => Object.values(files))
    .reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  try {
    const file = await Deno.open(temporary, { write: true, createNew: true });
    const zip = new ZipWriter(file.writable, { useWebWorkers: false });
    for (const [name, content] of Object.entries(files)) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await zip.add(name, new Uint8ArrayReader(bytes), sameDate);
    }
    await addFile(zip, "format.json", `${store.root}/format.json`);
    for (const { key, files } of manifests) {
      const add = (name: string) =>
        addFile(zip, `${artifactPath(key)}/${name}`, `${artifactFolder(store, key)}/${name}`);
      await add("manifest.json");
      for (const [name, { bytes, sha256 }] of Object.entries(files)) {
        if (await add(name) !== sha256) {
          throw new InputError(
            `${artifactFolder(store, key)}/${name}`,
            "it was changed while it was read",
            "The same command tries again",
          );
        }
        onBytes(done += bytes, total);
      }
    }
    await zip.close();
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

// The same contents are the same file.
const sameDate: ZipWriterAddDataOptions = { lastModDate: new Date(1980, 0, 1) };

/** Adds a file as it is, which packing would hardly make smaller; gives its hash. */
async function addFile(
  zip: ZipWriter<unknown>,
  name: string,
  path: string,
): Promise<string> {
  const hash = createHash("sha256");
  const { size } = await Deno.stat(path);
  const file = await Deno.open(path);
  const hashed = file.readable.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        hash.update(piece);
        controller.enqueue(piece);
      },
    }),
  );
  await zip.add(name, hashed, { ...sameDate, level: 0, zip64: size > 0xffffffff });
  return hash.digest("hex");
}
