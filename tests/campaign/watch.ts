import { artifactPath } from "@/lib/store/artifact_path.ts";
import type { Told } from "@/tests/campaign/process.ts";

/** Watches artifacts while they are made: what is complete stays as it is, and is not worked again. */
export interface Watch {
  /** Looks at all of them. */
  look(): void;
  /** Takes what a process tells. */
  onTold(told: Told): void;
  /** Damages a file of an artifact, which may then be made again. */
  damage(key: string, how: () => Promise<void>): Promise<void>;
  isComplete(): boolean;
  /** The keys of what was replaced, or begun though it was there. */
  twice(): readonly string[];
  close(): void;
}

// Milliseconds between two looks, and until what one process has published must be seen by all.
const pause = 100, grace = 3000;

/** An artifact as it is now. */
interface Seen {
  readonly state: string;
  /** Since when it has been whole; `Infinity` for one that is damaged. */
  readonly at: number;
}

/** Watches the artifacts of some steps in a store. */
export function watchArtifacts(store: string, keys: readonly string[]): Watch {
  const seen = new Map<string, Seen>();
  const twice = new Set<string>();
  let damaging: string | undefined;
  const stateIn = (key: string) => stateOf(`${store}/${artifactPath(key)}/manifest.json`);
  const look = () => {
    for (const key of keys) {
      if (key === damaging) continue;
      const state = stateIn(key), before = seen.get(key);
      if (state === undefined || state === before?.state) continue;
      if (before !== undefined && before.at < Infinity) twice.add(key);
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
    async damage(key, how) {
      damaging = key;
      await how();
      damaging = undefined;
      seen.set(key, { state: stateIn(key) ?? "", at: Infinity });
    },
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
