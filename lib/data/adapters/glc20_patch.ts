import { InputError, messageOf } from "@/lib/base/errors.ts";

/** Side of a patch, in pixels. */
export const PATCH_SIDE = 256;
const PLANE = PATCH_SIDE * PATCH_SIDE;
const LAND_COVER = 4;

/** Where the patch of an observation stands below the folder of patches. */
export function patchPath(id: string): string {
  const digits = id.padStart(4, "0");
  return `${digits.slice(-2)}/${digits.slice(-4, -2)}/${id}.npy`;
}

/**
 * The land-cover code at a patch's centre; of the file only that is read.
 *
 * @param asker Who asks for the patch, for the message.
 * @throws {InputError} If there is no patch, or it has another form.
 */
export async function readCode(
  path: string,
  asker: string,
): Promise<{ readonly code: number; readonly size: number }> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path);
  } catch (error) {
    throw new InputError(
      path,
      `the patch that ${asker} asks for cannot be read: ${messageOf(error)}`,
      "Unpack all patches, or leave the observation out",
    );
  }
  using patch = file;
  const head = new Uint8Array(256);
  await patch.read(head);
  const start = dataStart(head, path);
  const { size } = await patch.stat();
  const centre = start + LAND_COVER * PLANE + (PATCH_SIDE / 2) * PATCH_SIDE + PATCH_SIDE / 2;
  await patch.seek(centre, Deno.SeekMode.Start);
  const byte = new Uint8Array(1);
  if (await patch.read(byte) !== 1) {
    throw new InputError(path, `the patch ends after ${size} bytes`, "Copy it again");
  }
  return { code: byte[0]!, size };
}

/** A patch's red, green and blue, `[256, 256, 3]`. */
export async function readPicture(path: string): Promise<Uint8Array> {
  const bytes = await Deno.readFile(path);
  const start = dataStart(bytes, path);
  if (bytes.length < start + (LAND_COVER + 1) * PLANE) {
    throw new Error(`The patch ends after ${bytes.length} bytes`);
  }
  const pixels = new Uint8Array(3 * PLANE);
  for (let i = 0; i < PLANE; i++) {
    for (let c = 0; c < 3; c++) pixels[3 * i + c] = bytes[start + c * PLANE + i]!;
  }
  return pixels;
}

/** Where the numbers of a NumPy file begin, which must be uint8 `[5 or more, 256, 256]`, rows first. */
function dataStart(head: Uint8Array, path: string): number {
  const text = new TextDecoder().decode(head.subarray(1, 256));
  const header = text.match(/\{[^}]*\}/)?.[0] ?? "";
  const [, channels] = header.match(/'shape': \((\d+), 256, 256\)/) ?? [];
  const isRight = head[0] === 0x93 && text.startsWith("NUMPY\x01") &&
    /'descr': '\|?u1'/.test(header) &&
    header.includes("'fortran_order': False") && Number(channels) > LAND_COVER;
  if (isRight) return 10 + head[8]! + 256 * head[9]!;
  throw new InputError(
    path,
    header === "" ? "the file is no NumPy array" : `its array is ${header}`,
    "Use the patches of GeoLifeCLEF 2020: uint8 of 5 channels, 256 and 256",
  );
}
