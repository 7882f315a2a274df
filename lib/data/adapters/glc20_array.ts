import { InputError } from "@/lib/base/errors.ts";
import { PATCH_SIDE } from "@/lib/data/adapters/glc20_form.ts";

const PLANE = PATCH_SIDE * PATCH_SIDE;
const LAND_COVER = 4;

/** Where the numbers of a patch's array stand in its file. */
interface Form {
  /** The byte at which they begin. */
  readonly start: number;
  /** From one channel to the next of a pixel, and from one pixel to the next, in bytes. */
  readonly channel: number;
  readonly pixel: number;
  /** The bytes of the whole file. */
  readonly size: number;
}

/**
 * The land-cover code at the centre of a patch of 2020; of the file only that is read.
 *
 * @throws {InputError} If it is no array of that form, or ends too early.
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function codeOfArray(path: string): Promise<{ code: number; size: number }> {
  using patch = await Deno.open(path);
  const head = new Uint8Array(256);
  await patch.read(head);
  const form = formOf(head, path);
  const { size } = await patch.stat();
  if (size < form.size) {
    throw new InputError(path, `the patch ends after ${size} bytes`, "Copy it again");
  }
  const centre = (PATCH_SIDE / 2) * PATCH_SIDE + PATCH_SIDE / 2;
  const at = form.start + LAND_COVER * form.channel + centre * form.pixel;
  await patch.seek(at, Deno.SeekMode.Start);
  const byte = new Uint8Array(1);
  await patch.read(byte);
  return { code: byte[0]!, size };
}

/** A patch's red, green and blue, `[256, 256, 3]`. */
export async function pictureOfArray(path: string): Promise<Uint8Array> {
  const bytes = await Deno.readFile(path);
  const { start, channel, pixel, size } = formOf(bytes, path);
  if (bytes.length < size) throw new Error(`The patch ends after ${bytes.length} bytes`);
  const pixels = new Uint8Array(3 * PLANE);
  for (let i = 0; i < PLANE; i++) {
    for (let c = 0; c < 3; c++) pixels[3 * i + c] = bytes[start + c * channel + i * pixel]!;
  }
  return pixels;
}

/** The form of a NumPy file: uint8 in C's order, five channels or six, as the last axis or the first. */
function formOf(head: Uint8Array, path: string): Form {
  const text = new TextDecoder().decode(head.subarray(1, 256));
  const isArray = head[0] === 0x93 && text.startsWith("NUMPY") && head[6]! <= 3;
  const header = isArray ? text.match(/\{[^}]*\}/)?.[0] : undefined;
  const [, first, last] = header?.match(/'shape': \((?:([56]), )?256, 256(?:, ([56]))?\)/) ?? [];
  const channels = Number(first ?? last);
  if (
    header && channels > 0 && (first === undefined) !== (last === undefined) &&
    /'descr': '\|?u1'/.test(header) && header.includes("'fortran_order': False")
  ) {
    // Two bytes say how long the header is, and four from version 2 on.
    const view = new DataView(head.buffer, head.byteOffset);
    const start = head[6] === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true);
    const size = start + channels * PLANE;
    return first === undefined
      ? { start, size, channel: 1, pixel: channels }
      : { start, size, channel: PLANE, pixel: 1 };
  }
  throw new InputError(
    path,
    header ? `its array is ${header}` : "the file is not a NumPy array",
    "Use the patches of GeoLifeCLEF 2020: uint8 of 5 channels, 256 and 256, the channels last or first: red, green, blue, near infrared and land cover",
  );
}
