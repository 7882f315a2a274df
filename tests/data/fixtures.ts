import { Buffer } from "node:buffer";
import { dirname } from "node:path";
import sharp from "sharp";
import { pack } from "tar-stream";
import { randomAt } from "@/lib/base/random.ts";

/** Files by path, in the order in which they are written. */
export type Files = Record<string, Uint8Array | string>;

/** Runs `work` in a temporary folder and removes it. */
export async function inTempDir<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    return await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A small JPEG of noise, the same for the same seed. */
export async function noiseJpeg(seed: number, width = 24, height = 16): Promise<Uint8Array> {
  const random = randomAt(seed, "test image");
  const raw = Uint8Array.from({ length: width * height * 3 }, () => random.integer(256));
  return await sharp(raw, { raw: { width, height, channels: 3 } }).jpeg().toBuffer();
}

/** An image folder: `perClass` training images and one test image a class. */
export async function imageFiles(
  classes: readonly string[],
  options: { readonly perClass: number; readonly top?: string },
): Promise<Files> {
  const { perClass, top = "" } = options;
  const files: Files = {};
  let seed = 0;
  for (const name of classes) {
    for (let i = 0; i < perClass; i++) {
      files[`${top}train/${name}/${i}.jpg`] = await noiseJpeg(seed++);
    }
    files[`${top}test/${name}/0.jpg`] = await noiseJpeg(seed++);
  }
  return files;
}

/** Writes files below a folder. */
export async function writeFolder(folder: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await Deno.mkdir(dirname(`${folder}/${path}`), { recursive: true });
    await Deno.writeFile(`${folder}/${path}`, Buffer.from(content));
  }
}

/** An entry of a tar that is no plain file. */
export interface OtherEntry {
  readonly name: string;
  readonly type: "symlink" | "link" | "fifo" | "directory";
  readonly linkname?: string;
}

/** A tar of files, and of entries of other types, in the given order; a path may stand twice where they are pairs. */
export async function tarOf(
  files: Files | readonly (readonly [string, Uint8Array | string])[],
  others: readonly OtherEntry[] = [],
): Promise<Uint8Array> {
  const tar = pack();
  const entries = Array.isArray(files) ? files : Object.entries(files);
  // The same files make the same bytes, in whichever second.
  const mtime = new Date(0);
  for (const [name, content] of entries) tar.entry({ name, mtime }, Buffer.from(content));
  for (const header of others) tar.entry({ mtime, ...header });
  tar.finalize();
  const pieces: Uint8Array[] = [];
  for await (const piece of tar as AsyncIterable<Uint8Array>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Writes such a tar. */
export async function writeTar(
  path: string,
  files: Parameters<typeof tarOf>[0],
  others: readonly OtherEntry[] = [],
): Promise<void> {
  await Deno.writeFile(path, await tarOf(files, others));
}

/** The same files in the opposite order. */
export function reversed(files: Files): Files {
  return Object.fromEntries(Object.entries(files).toReversed());
}

/** Matcher for `assert.rejects` and `assert.throws`: an InputError whose message holds every text. */
export function inputError(...texts: readonly string[]): (error: unknown) => boolean {
  return (error) => {
    if (!(error instanceof Error) || error.name !== "InputError") throw error;
    for (const text of texts) {
      if (!error.message.includes(text)) {
        throw new Error(
          `The message lacks ${JSON.stringify(text)}: current value is ${error.message}`,
        );
      }
    }
    return true;
  };
}
