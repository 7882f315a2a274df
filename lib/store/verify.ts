import { pathToFileURL } from "node:url";
import { orderedMap } from "@/lib/base/ordered_map.ts";
import { artifactKeys } from "@/lib/store/artifacts.ts";
import type { Store } from "@/lib/store/store.ts";
import { forgetVerified } from "@/lib/store/verified.ts";
import { type Reading, readWhole } from "@/lib/store/verify_artifact.ts";

/** What reading a whole store showed. */
export interface Verification {
  readonly artifacts: number;
  /** In the files that the manifests name. */
  readonly bytes: number;
  /** Those that are not as they were written. */
  readonly damaged: readonly (Reading & { readonly problem: string })[];
}

/**
 * Reads every byte of every artifact, on as many cores as there are, whatever was verified before. What is damaged is no longer
 * known to be whole, so that whoever asks for it works it anew.
 *
 * @param onProgress Is told the artifacts read, all, and the bytes read.
 */
export async function verifyStore(
  store: Store,
  onProgress: (done: number, all: number, bytes: number) => void = () => {},
): Promise<Verification> {
  const keys = await artifactKeys(store);
  const readers = startReaders(store, Math.min(keys.length, navigator.hardwareConcurrency));
  const wrong: string[] = [];
  let read = 0, artifacts = 0, bytes = 0;
  try {
    for await (const one of orderedMap(keys, readers)) {
      if (one !== null) {
        artifacts++;
        bytes += one.bytes;
        if (one.problem !== undefined) wrong.push(one.key);
      }
      onProgress(++read, keys.length, bytes);
    }
  } finally {
    readers.stop();
  }
  const damaged: Verification["damaged"][number][] = [];
  for (const key of wrong) {
    // Read once more: a run may have been about to put another in its place.
    const again = await readWhole(store, key);
    if (again?.problem === undefined) continue;
    damaged.push({ ...again, problem: again.problem });
    await forgetVerified(store.root, key);
  }
  return { artifacts, bytes, damaged };
}

/** Threads that read artifacts, one each at a time. */
function startReaders(store: Store, limit: number) {
  const program = pathToFileURL(`${import.meta.dirname}/verify_worker.ts`).href;
  const all = Array.from({ length: limit }, () => new Worker(program, { type: "module" }));
  const idle = [...all];
  return {
    limit: Math.max(1, limit),
    async map(key: string): Promise<Reading | null> {
      const worker = idle.pop()!;
      const reading = await new Promise<Reading | null>((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = (event) => {
          event.preventDefault();
          reject(event.error ?? new Error(event.message));
        };
        worker.postMessage({ store, key });
      });
      idle.push(worker);
      return reading;
    },
    stop: () => all.forEach((worker) => worker.terminate()),
  };
}
