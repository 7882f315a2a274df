import type { Told } from "@/tests/campaign/process.ts";

/** Watches artifacts while they are made: what is complete stays as it is, and is not worked again. */
export interface Watch {
  /** Looks at all of them. */
  look(): void;
  /** Takes what a process tells. */
  onTold(told: Told): void;
  /** That artifact was damaged: it may be made again. */
  forget(key: string): void;
  isComplete(): boolean;
  /** The keys of what was replaced, or begun though it was there. */
  twice(): readonly string[];
  close(): void;
}

// Milliseconds between two looks, and until what one process has published must be seen by all.
const pause = 100, grace = 3000;

/** Watches the artifacts of some steps in a store. */
export function watchArtifacts(store: string, keys: readonly string[]): Watch {
  const seen = new Map<string, { readonly state: string; readonly at: number }>();
  const twice = new Set<string>();
  const look = () => {
    for (const key of keys) {
      const state = stateOf(`${store}/artifacts/${key.slice(0, 2)}/${key}/manifest.json`);
      const before = seen.get(key);
      if (state === undefined || state === before?.state) continue;
      if (before !== undefined) twice.add(key);
      seen.set(key, { state, at: performance.now() });
    }
  };
  const timer = setInterval(look, pause);
  return {
    look,
    onTold({ type, step }) {
      const at = type === "started" ? seen.get(step!.key)?.at : undefined;
      if (at !== undefined && performance.now() - at > grace) twice.add(step!.key);
    },
    forget: (key) => void seen.delete(key),
    isComplete: () => keys.every((key) => seen.has(key)),
    twice: () => [...twice],
    close: () => clearInterval(timer),
  };
}

/** What tells a file from another of the same name. */
function stateOf(path: string): string | undefined {
  try {
    const { ino, mtime } = Deno.statSync(path);
    return `${ino} ${mtime?.getTime()}`;
  } catch {
    return undefined;
  }
}
