import type { PackedImage } from "@/lib/data/pack.ts";
import { packForm } from "@/lib/data/packing/pack_form.ts";

/** What the files of a split hold. */
export interface Written {
  readonly images: number;
  /** Of the images' file. */
  readonly bytes: number;
}

/** What the files of a split are. */
export interface SplitForm {
  /** Side of the images, in pixels. */
  readonly px: number;
  /** How many leaves a label may name; `null` for a split without labels. */
  readonly leaves: number | null;
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
  form: SplitForm,
  begun: Written = { images: 0, bytes: 0 },
): SplitWriter {
  const { px, leaves } = form;
  const isRaw = packForm(px) === "raw";
  const files = filesOf(stem, form, begun).map((one) => ({ ...one, file: openAt(one) }));
  const fileOf = (kind: FileKind) => files.find((one) => one.kind === kind)?.file;
  const images = fileOf("images")!, labels = fileOf("labels"), ends = fileOf("ends");
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
      const fits = leaves === null ? leaf === null : leaf !== null && leaf >= 0 && leaf < leaves;
      if (!fits) {
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
        if (leaf !== null) leafView.setUint16(2 * i, leaf, true);
        endView.setFloat64(8 * i, bytes + at, true);
      }
      writeAll(images, data);
      if (labels !== undefined) writeAll(labels, new Uint8Array(leafView.buffer));
      if (ends !== undefined) writeAll(ends, new Uint8Array(endView.buffer));
      count += waiting.length;
      bytes += total;
      waiting = [];
      return { images: count, bytes };
    },
    close() {
      for (const { file } of files) file.close();
    },
  };
}

/** Whether the files of a split hold what was written, and maybe more. */
export function holds(stem: string, form: SplitForm, written: Written): boolean {
  return filesOf(stem, form, written).every(({ path, size }) => {
    try {
      return Deno.statSync(path).size >= size;
    } catch {
      return false;
    }
  });
}

type FileKind = "images" | "labels" | "ends";

interface SplitFile {
  readonly kind: FileKind;
  readonly path: string;
  readonly size: number;
}

/** The files of a split and their sizes: images, their labels if they have any, and for JPEGs their ends. */
function filesOf(
  stem: string,
  { px, leaves }: SplitForm,
  { images, bytes }: Written,
): readonly SplitFile[] {
  const isRaw = packForm(px) === "raw";
  const file = (kind: FileKind, name: string, size: number) => [
    { kind, path: `${stem}.${name}`, size },
  ];
  return [
    ...file("images", isRaw ? "images" : "jpegs", bytes),
    ...leaves === null ? [] : file("labels", "labels", 2 * images),
    ...isRaw ? [] : file("ends", "ends", 8 * images),
  ];
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
