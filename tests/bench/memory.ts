/** The most memory that some processes held, in bytes. */
export interface PeakMemory {
  /**
   * The largest sum of their proportional set sizes: a page that several of them share is counted once. Sampled, so that
   * a peak of less than half a second may be missed. NaN where the system does not tell.
   */
  readonly proportional: number;
  /** The sum of each one's own largest resident set size, shared pages counted in each; from the kernel, not sampled. */
  readonly resident: number;
}

const INTERVAL = 500;

/** Follows the memory of processes until `stop()`, which may be called twice. Linux only; elsewhere all is NaN. */
export function watchMemory(pids: readonly number[]): { stop(): Promise<PeakMemory> } {
  let proportional = NaN;
  const resident = new Map<number, number>();

  async function sample(): Promise<void> {
    const sizes = await Promise.all(pids.map(async (pid) => {
      const most = await kibibytes(`/proc/${pid}/status`, "VmHWM");
      if (!Number.isNaN(most)) resident.set(pid, most);
      return await kibibytes(`/proc/${pid}/smaps_rollup`, "Pss");
    }));
    const sum = sizes.reduce((a, b) => a + b, 0);
    if (!(sum <= proportional)) proportional = Number.isNaN(sum) ? proportional : sum;
  }

  let last = Promise.resolve();
  const timer = setInterval(() => last = last.then(sample), INTERVAL);
  let stopped: Promise<PeakMemory> | undefined;
  return {
    stop: () =>
      stopped ??= (async () => {
        clearInterval(timer);
        await last.then(sample);
        const sum = [...resident.values()].reduce((a, b) => a + b, 0);
        return {
          proportional: 1024 * proportional,
          resident: resident.size === pids.length ? 1024 * sum : NaN,
        };
      })(),
  };
}

/** A field of a file under /proc, in KiB; NaN if there is none, as when the process has gone. */
async function kibibytes(path: string, field: string): Promise<number> {
  const text = await Deno.readTextFile(path).catch(() => "");
  return Number(text.match(new RegExp(`^${field}:\\s+(\\d+) kB`, "m"))?.[1] ?? NaN);
}
