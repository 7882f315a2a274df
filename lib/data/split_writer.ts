import { packForm } from "@/lib/data/pack_form.ts";
import type { PackedImage } from "@/lib/data/pack.ts";

/** What the files of a split hold. */
export interface Written {
  readonly images: number;
  /** Of the images' file. */
  readonly bytes: number;
}

/** Appends to the files of one split of a pack. */
export interface SplitWriter {
  /** Takes an image into memory. */
  add(picture: PackedImage): void;
  /** Writes what is in memory, and tells what is on disk then. */
  flush(): Written;
  close(): void;
}

/**
 * Opens the files of a split.
 *
 * @param stem Folder and name of the split.
 * @param begun What is there already and stays; what lies behind it is cut off.
 */
export function splitWriter(
  stem: string,
  { px, leaves }: { readonly px: number; readonly leaves: number },
  begun: Written = { images: 0, bytes: 0 },
): SplitWriter {
  const isRaw = packForm(px) === "raw";
  const [images, labels, ends] = filesOf(stem, px, begun).map(openAt) as [
    Deno.FsFile,
    Deno.FsFile,
    Deno.FsFile | undefined,
  ];
  let { images: count, bytes } = begun;
  let waiting: PackedImage[] = [];
  return {
    add(picture) {
      const { image, leaf } = picture;
      if (isRaw && image.length !== px * px * 3) {
        throw new RangeError(
          `Cannot pack an image of ${image.length} bytes: it must have ${px * px * 3}`,
        );
      }
      if (!(leaf >= 0 && leaf < leaves)) {
        throw new RangeError(`Cannot pack a label that is no leaf: current value is ${leaf}`);
      }
      waiting.push(picture);
    },
    flush() {
      if (waiting.length === 0) return { images: count, bytes };
      const total = waiting.reduce((sum, { image }) => sum + image.length, 0);
      const data = new Uint8Array(total);
      const leafView = new DataView(new ArrayBuffer(2 * waiting.length));
      const endView = new DataView(new ArrayBuffer(8 * waiting.length));
      let at = 0;
      for (const [i, { image, leaf }] of waiting.entries()) {
        data.set(image, at);
        at += image.length;
        leafView.setUint16(2 * i, leaf, true);
        endView.setFloat64(8 * i, bytes + at, true);
      }
      writeAll(images, data);
      writeAll(labels, new Uint8Array(leafView.buffer));
      if (ends !== undefined) writeAll(ends, new Uint8Array(endView.buffer));
      count += waiting.length;
      bytes += total;
      waiting = [];
      return { images: count, bytes };
    },
    close() {
      images.close();
      labels.close();
      ends?.close();
    },
  };
}

/** Whether the files of a split hold what was written, and maybe more. */
export function holds(stem: string, px: number, written: Written): boolean {
  return filesOf(stem, px, written).every(({ path, size }) => {
    try {
      return Deno.statSync(path).size >= size;
    } catch {
      return false;
    }
  });
}

/** The files of a split and their sizes: images, labels, and for JPEGs their ends. */
function filesOf(stem: string, px: number, { images, bytes }: Written) {
  const labels = { path: `${stem}.labels`, size: 2 * images };
  if (packForm(px) === "raw") return [{ path: `${stem}.images`, size: bytes }, labels];
  return [{ path: `${stem}.jpegs`, size: bytes }, labels, {
    path: `${stem}.ends`,
    size: 8 * images,
  }];
}

/** Opens a file for writing behind its first `size` bytes. */
function openAt({ path, size }: { readonly path: string; readonly size: number }): Deno.FsFile {
  const file = Deno.openSync(path, { write: true, create: true });
  file.truncateSync(size);
  file.seekSync(size, Deno.SeekMode.Start);
  return file;
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
}
