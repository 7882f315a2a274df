import { createHash } from "node:crypto";
import { writeAtomic } from "@/lib/base/files.ts";
import { isHeld } from "@/lib/base/lease.ts";
import type { LeaseWatch } from "@/lib/base/lease_watch.ts";
import { type Manifest, manifestName } from "@/lib/store/manifest.ts";
import { beginWay, madeName, moveIn, wayOf } from "@/lib/store/put.ts";
import { leaseStep, watchSteps } from "@/lib/store/step_lease.ts";
import { artifactFolder, type Store } from "@/lib/store/store.ts";

/** An artifact that comes from elsewhere. */
export interface Arriving {
  readonly manifest: Manifest;
  /** The manifest's file, which is kept as it is. */
  readonly text: string;
  /** Opens a file where it comes from, from a byte on. */
  readonly read: (name: string, from: number) => Promise<ReadableStream<Uint8Array>>;
  /** Is told of bytes as they arrive, and of those that lay here already. */
  readonly onBytes?: (count: number) => void;
}

/** What became of an artifact that was to arrive. */
export type Arrival =
  | { readonly state: "taken" }
  /** Another process works the step, or takes it in. */
  | { readonly state: "busy" }
  /** What came is not what its manifest says. */
  | { readonly state: "damaged"; readonly problem: string };

/**
 * Takes an artifact into the store that was made elsewhere. Every file is hashed as it arrives, the manifest is written last,
 * and one rename brings the whole in, in the place of what stands there. What a killed process had of it is gone on with.
 *
 * @param watch What was seen of the store's leases before: see `takeLease()`.
 * @throws {Error} If it cannot be read to its end, or not be written; what came so far is kept for the next try.
 */
export async function receiveArtifact(
  store: Store,
  arriving: Arriving,
  watch: LeaseWatch = watchSteps(store),
): Promise<Arrival> {
  const { manifest: { key, content, files }, text } = arriving;
  const lease = await leaseStep(store, key, watch);
  if (lease === null) return { state: "busy" };
  try {
    const way = wayOf(store, { key, id: idOf(content) });
    await beginWay(way, key);
    const folder = `${way}/${madeName}`;
    await Deno.mkdir(folder, { recursive: true });
    for (const [name, file] of Object.entries(files)) {
      const place = { path: `${folder}/${name}`, name, ...file };
      if (!await arrive(place, arriving)) {
        const problem = `${name} does not have the bytes that its manifest tells of`;
        return { state: "damaged", problem };
      }
    }
    await writeAtomic(`${folder}/${manifestName}`, text);
    // After the machine slept another may have taken it over, and goes on with what is here.
    if (!await isHeld(lease)) return { state: "busy" };
    await moveIn(way, artifactFolder(store, key));
    await Deno.remove(way, { recursive: true });
    return { state: "taken" };
  } finally {
    await lease.release();
  }
}

/** The same for the same content, so that a later process finds what an earlier one had. */
function idOf(content: string): string {
  return content.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** A file that arrives. */
interface Place {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Brings a file in whole, after what is there of it already; says whether it has the bytes that it should. */
async function arrive(place: Place, { read, onBytes = () => {} }: Arriving): Promise<boolean> {
  const { path, bytes, sha256 } = place;
  for (;;) {
    const began = await sizeOf(path);
    if (began > bytes) {
      await Deno.remove(path);
      continue;
    }
    let told = 0;
    const tell = (count: number) => {
      told += count;
      onBytes(count);
    };
    try {
      if (await append(place, { read, onBytes: tell }) === sha256) return true;
    } catch (error) {
      // A connection that was lost is taken up again, as long as each brings something.
      if (await sizeOf(path) <= began) throw error;
      tell(-told);
      continue;
    }
    tell(-told);
    await Deno.remove(path);
    // What was left here may have been damaged; what just came whole was so where it came from.
    if (began === 0) return false;
  }
}

/** Appends what a file lacks; gives the hash of all of it. */
async function append(
  { path, name, bytes }: Place,
  { read, onBytes }: Required<Pick<Arriving, "read" | "onBytes">>,
): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path, { read: true, write: true, create: true });
  const piece = new Uint8Array(Math.max(1, Math.min(bytes, 1 << 20)));
  let at = 0;
  for (let got; (got = await file.read(piece)) !== null; at += got) {
    hash.update(piece.subarray(0, got));
  }
  onBytes(at);
  if (at === bytes) return hash.digest("hex");
  for await (const came of await read(name, at)) {
    hash.update(came);
    for (let done = 0; done < came.length;) done += await file.write(came.subarray(done));
    at += came.length;
    onBytes(came.length);
    // Longer than it should be, however much is still to come.
    if (at > bytes) break;
  }
  return hash.digest("hex");
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
