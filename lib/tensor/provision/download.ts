import { InputError } from "@/lib/base/errors.ts";
import { sha256File } from "@/lib/base/sha256.ts";
import type { Source } from "@/lib/tensor/provision/cache.ts";
import { isDiskError } from "@/lib/tensor/provision/disk.ts";

/** Where a file is, and what it must be. */
export interface Address extends Source {
  readonly url: string;
}

/** Told how many bytes are there, and how many there will be. */
export type OnBytes = (bytes: number, total?: number) => void;

/** A connection that gives nothing for so many milliseconds is taken for dead. */
const SILENCE = 60_000;

/** Attempts at one address; each goes on where the last stopped. */
const ATTEMPTS = 3;

/** The unfinished file of a download. The checksum is in its name: what is left of another is never gone on with. */
export function partPath(folder: string, address: Address): string {
  return `${folder}/${address.sha256.slice(0, 16)}.part`;
}

/**
 * Downloads a file, trying again where the connection breaks.
 *
 * @throws {Error} The last attempt's, or at once that of a disk which cannot be written to.
 */
export async function downloadStubbornly(
  address: Address,
  path: string,
  options: { onBytes: OnBytes },
): Promise<void> {
  for (let attempt = 1;; attempt++) {
    try {
      return await download(address, path, options);
    } catch (error) {
      if (attempt === ATTEMPTS || isDiskError(error)) throw error;
    }
  }
}

/**
 * Downloads a file, going on where an earlier attempt stopped.
 *
 * @param path Where it goes; what there is already counts as its beginning.
 * @throws {Error} If the connection fails (what has come stays, for the next attempt) or the checksum does not agree
 *   (then it is removed).
 */
export async function download(
  address: Address,
  path: string,
  options: { onBytes: OnBytes },
): Promise<void> {
  const url = new URL(address.url);
  if (url.protocol === "file:") await Deno.copyFile(url, path);
  else await fetchTo(url, path, options.onBytes);
  const actual = await sha256File(path);
  if (actual === address.sha256) return;
  await Deno.remove(path);
  throw new InputError(
    address.name,
    `it was not downloaded well: its SHA-256 is ${actual} instead of ${address.sha256}`,
    "Try again; if it is the same again, the server or a mirror holds a wrong file",
  );
}

async function fetchTo(url: URL, path: string, onBytes: OnBytes): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  let bytes = (await file.stat()).size;
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE);
  try {
    const response = await fetch(url, {
      signal: silence.signal,
      ...(bytes > 0 ? { headers: { range: `bytes=${bytes}-` } } : {}),
    });
    if (response.status === 416) {
      // Nothing follows what is there: it is whole, and its checksum decides.
      await response.body?.cancel();
      return;
    }
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      // Without the rest of the address: it may hold a password.
      throw new Error(`${url.host} answered ${response.status} ${response.statusText}`);
    }
    if (response.status !== 206 && bytes > 0) {
      // A server that does not do ranges sends everything again.
      bytes = 0;
      await file.truncate(0);
    }
    await file.seek(bytes, Deno.SeekMode.Start);
    const length = response.headers.get("content-length");
    const total = length === null ? undefined : bytes + Number(length);
    onBytes(bytes, total);
    for await (const piece of response.body) {
      for (let at = 0; at < piece.length;) at += await file.write(piece.subarray(at));
      bytes += piece.length;
      onBytes(bytes, total);
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE);
    }
  } finally {
    clearTimeout(timer);
  }
}
