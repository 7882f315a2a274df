import { bytesText } from "@/lib/base/bytes_text.ts";
import { memory } from "@/lib/base/memory.ts";
import { plural } from "@/lib/base/plural.ts";

/** What a machine has for worker processes. */
export interface Capacity {
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
}

/** How many worker processes work. */
export interface Jobs {
  readonly jobs: number;
  /** Where they are fewer than was asked for: why, as a line to say. */
  readonly notice?: string;
}

/** Bytes that a worker process may hold: at the scale `mini` it holds 0.8 GB, and this leaves room. */
export const memoryOfWorker = 1.5e9;

/**
 * How many worker processes make sense: one a core, as each uses one, and as many as there is memory for. On a GPU one,
 * which several would only share, unless more are asked for.
 *
 * @param asked How many the user wants, at most.
 */
export function chooseJobs(
  asked: number | undefined,
  device: string,
  capacity: Capacity = ownCapacity(),
): Jobs {
  const { cores, memory } = capacity;
  const held = Math.max(1, Math.floor(memory / memoryOfWorker));
  const most = Math.min(cores, held);
  if (asked === undefined) return { jobs: device === "cpu" ? most : 1 };
  if (asked <= most) return { jobs: asked };
  const why = held < cores
    ? `${bytesText(memory)} of memory are free, and each may take ${bytesText(memoryOfWorker)}`
    : `there ${cores === 1 ? "is" : "are"} ${plural(cores, "core")}, and each uses one`;
  return {
    jobs: most,
    notice: `--jobs ${asked}: ${plural(most, "worker process")}, because ${why}`,
  };
}

function ownCapacity(): Capacity {
  return { cores: navigator.hardwareConcurrency, memory: memory().available };
}
