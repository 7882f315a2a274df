/** How far the fetching of a library has come. */
export interface ProvisionProgress {
  /** What is being done: another process may be at it, pip is asked where the wheel is, and so on. */
  readonly stage: "wait" | "ask" | "download" | "extract";
  /** Bytes done in this stage. */
  readonly bytes: number;
  /** Bytes to do, where that is known. */
  readonly total?: number;
  /** Bytes a second since the stage began. */
  readonly rate?: number;
}

/** What is told how the fetching goes. */
export type OnProgress = (progress: ProvisionProgress) => void;

/** A reporter of one stage, which works out the rate; what is there at its first call was there before. */
export function stageProgress(
  onProgress: OnProgress,
  stage: ProvisionProgress["stage"],
): (bytes: number, total?: number) => void {
  let start: { readonly time: number; readonly bytes: number } | undefined;
  return (bytes, total) => {
    const now = performance.now();
    start ??= { time: now, bytes };
    const seconds = (now - start.time) / 1000;
    onProgress({
      stage,
      bytes,
      ...(total === undefined ? {} : { total }),
      ...(seconds > 0 ? { rate: (bytes - start.bytes) / seconds } : {}),
    });
  };
}

/** Runs `body` while the size of a folder or file is reported twice a second. */
export async function whileWatching<T>(
  path: string,
  report: (bytes: number) => void,
  body: () => Promise<T>,
): Promise<T> {
  const timer = setInterval(() => sizeOfTree(path).then(report, () => {}), 500);
  try {
    return await body();
  } finally {
    clearInterval(timer);
  }
}

/** Bytes of all files under a path; files that vanish meanwhile count nothing. */
export async function sizeOfTree(path: string): Promise<number> {
  const info = await Deno.stat(path).catch(() => undefined);
  if (info === undefined) return 0;
  if (!info.isDirectory) return info.size;
  let bytes = 0;
  for await (const entry of Deno.readDir(path)) bytes += await sizeOfTree(`${path}/${entry.name}`);
  return bytes;
}
