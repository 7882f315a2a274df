import { sha256File } from "@/lib/base/sha256.ts";
import { type OnProgress, stageProgress } from "@/lib/tensor/provision/progress.ts";
import type { WheelAddress } from "@/lib/tensor/provision/pip.ts";

/** A connection that gives nothing for so many milliseconds is taken for dead. */
const SILENCE = 60_000;

/**
 * Downloads a wheel to a file, going on where an earlier attempt stopped.
 *
 * @param path Where it goes; what there is already counts as its beginning.
 * @throws {Error} If the connection fails (what has come stays, for the next attempt) or the checksum does not agree
 *   (then it is removed).
 */
export async function download(
  address: WheelAddress,
  path: string,
  options: { onProgress: OnProgress },
): Promise<void> {
  const url = new URL(address.url);
  if (url.protocol === "file:") await Deno.copyFile(url, path);
  else await fetchTo(url, path, options.onProgress);
  const actual = await sha256File(path);
  if (actual === address.sha256) return;
  await Deno.remove(path);
  throw new Error(
    `${address.name} was not downloaded well: its SHA-256 is ${actual} instead of ${address.sha256}`,
  );
}

async function fetchTo(url: URL, path: string, onProgress: OnProgress): Promise<void> {
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
      throw new Error(`The server answered ${response.status} ${response.statusText}`);
    }
    // A server that does not do ranges sends everything again.
    if (response.status !== 206) bytes = 0;
    await file.truncate(bytes);
    await file.seek(bytes, Deno.SeekMode.Start);
    const length = response.headers.get("content-length");
    const total = length === null ? undefined : bytes + Number(length);
    const report = stageProgress(onProgress, "download", bytes);
    for await (const piece of response.body) {
      for (let at = 0; at < piece.length;) at += await file.write(piece.subarray(at));
      bytes += piece.length;
      report(bytes, total);
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE);
    }
  } finally {
    clearTimeout(timer);
  }
}
