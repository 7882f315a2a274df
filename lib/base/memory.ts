import process from "node:process";

/** Bytes of memory. */
export interface Memory {
  readonly total: number;
  /** What further processes can have. */
  readonly available: number;
}

/** The memory that this process may use: the machine's, or less where it runs in a container or a batch job with a limit. */
export function memory(): Memory {
  const { total, available } = Deno.systemMemoryInfo();
  const limit = process.constrainedMemory();
  // Without a limit the system answers 0, or more than there is.
  if (limit <= 0 || limit >= total) return { total, available };
  return { total: limit, available: Math.min(available, limit) };
}
