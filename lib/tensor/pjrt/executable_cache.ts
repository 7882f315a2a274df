import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { fileStamp } from "@/lib/base/file_stamp.ts";
import { namesIn, writeAtomic } from "@/lib/base/files.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { readProcessor } from "@/lib/tensor/hardware.ts";
import type { Device } from "@/lib/tensor/pjrt/device.ts";
import { PjrtError } from "@/lib/tensor/pjrt/error.ts";
import type { Executable } from "@/lib/tensor/pjrt/executable.ts";
import type { Session } from "@/lib/tensor/pjrt/session.ts";

// A folder of compiled programs: XLA takes seconds to a minute for a training step, and a process loads in milliseconds what
// another compiled. Each is a file, named by all that it depends on; processes may share the folder, and losing it costs time
// alone. XLA's plugins for CPUs (0.81 and 0.115) tell their programs as bytes, those for several devices too.

/** Bytes that the folder may hold; what was not used for the longest time makes room. */
const MOST_BYTES = 2e9;

/** Of an entry: the SHA-256 of its key and its bytes, in hexadecimal digits, before them. */
const DIGEST_BYTES = 64;

/** What a compiled program depends on, beside the client. */
export interface Compiled {
  readonly text: string;
  readonly devices: readonly Device[];
  /** XLA's options as bytes. */
  readonly options: Uint8Array;
}

/** The name of a compiled program: of the same program, plugin, kind of devices, options, flags of XLA's and processor. */
export async function cacheKey(
  { plugin, platform, version }: Session,
  { text, devices, options }: Compiled,
): Promise<string> {
  return sha256(canonicalJson({
    program: sha256(text),
    plugin: { ...fileStamp(plugin.path) },
    version: [...plugin.api.version],
    platform: [platform, version],
    devices: devices.map(({ kind }) => kind),
    options: sha256(options),
    // Which XLA reads itself, in each process.
    flags: Deno.env.get("XLA_FLAGS") ?? "",
    // XLA's programs for CPUs, and what it runs on the host beside a GPU, are for the instructions of one.
    processor: [...(await readProcessor())?.flags ?? []].toSorted(),
  }));
}

/** The bytes that were kept under a key; undefined where there are none, or they are damaged or another's. */
export async function cachedExecutable(
  folder: string,
  key: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const path = `${folder}/${key}`;
  try {
    const entry = await Deno.readFile(path);
    const bytes = entry.slice(DIGEST_BYTES);
    if (new TextDecoder().decode(entry.subarray(0, DIGEST_BYTES)) !== digest(key, bytes)) {
      return undefined;
    }
    const now = new Date();
    await Deno.utime(path, now, now).catch(() => {});
    return bytes;
  } catch {
    return undefined;
  }
}

/** Keeps a compiled program under a key, where its plugin can tell it as bytes and the folder can be written. */
export async function keepExecutable(
  folder: string,
  key: string,
  executable: Executable,
): Promise<void> {
  try {
    const bytes = executable.serialize();
    const entry = new Uint8Array(DIGEST_BYTES + bytes.length);
    entry.set(new TextEncoder().encode(digest(key, bytes)));
    entry.set(bytes, DIGEST_BYTES);
    await Deno.mkdir(folder, { recursive: true });
    await writeAtomic(`${folder}/${key}`, entry, { sync: false });
    await makeRoom(folder);
  } catch (error) {
    // The program is there all the same; the next process compiles it again.
    if (!(error instanceof PjrtError) && !isOfSystem(error)) throw error;
  }
}

function isOfSystem(error: unknown): boolean {
  return error instanceof Error && "code" in error;
}

function digest(key: string, bytes: Uint8Array): string {
  return sha256(`${key} ${sha256(bytes)}`);
}

/** Removes what was not used for the longest time, until the rest is few enough bytes. */
async function makeRoom(folder: string): Promise<void> {
  const entries = [];
  for (const name of await namesIn(folder)) {
    const info = await Deno.stat(`${folder}/${name}`).catch(() => undefined);
    if (info?.isFile) entries.push({ name, size: info.size, used: info.mtime?.getTime() ?? 0 });
  }
  let kept = 0;
  for (const { name, size } of entries.toSorted((a, b) => b.used - a.used)) {
    kept += size;
    if (kept > MOST_BYTES) await Deno.remove(`${folder}/${name}`).catch(() => {});
  }
}
