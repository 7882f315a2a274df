/**
 * How long a lease may stand still, in milliseconds by the clock of whoever looks at it, before its holder counts as gone: its
 * host may have lost the file system for a while.
 */
export const patience = 120_000;

/** A lease at a moment. */
export interface Seen {
  readonly text: string;
  /** When it was written last, by whatever clock: that it moves is all that counts. */
  readonly written: number;
}

/** What was seen of a folder's leases, judged by this process's own clock: those of other hosts may tell any time. */
export interface LeaseWatch {
  /** Takes note of every lease in the folder, so that waiting for one is waiting for all. */
  note(): Promise<void>;
  /** Whether a lease is as it was seen so long ago that a living holder would have counted on since. */
  isStill(path: string, seen: Seen): boolean;
}

/**
 * Watches the leases of a folder, each a `.json` file; of those that it has not seen yet it knows nothing.
 *
 * @param options `now` gives milliseconds that only grow.
 */
export function watchLeases(
  folder: string,
  { now = () => performance.now() }: { readonly now?: () => number } = {},
): LeaseWatch {
  const first = new Map<string, { readonly state: string; readonly at: number }>();
  const isStill = (path: string, { text, written }: Seen): boolean => {
    const state = `${written} ${text}`, known = first.get(path);
    if (known?.state === state) return now() - known.at >= patience;
    first.set(path, { state, at: now() });
    return false;
  };
  return {
    isStill,
    async note() {
      for await (const { name, isFile } of Deno.readDir(folder)) {
        const path = `${folder}/${name}`;
        const seen = isFile && name.endsWith(".json") ? await look(path) : null;
        if (seen !== null) isStill(path, seen);
      }
    },
  };
}

/** A lease as it is now, or `null` where there is none. */
export async function look(path: string): Promise<Seen | null> {
  try {
    // Opened before its times are asked for: over NFS they may else be a minute old.
    using file = await Deno.open(path);
    const { mtime } = await file.stat();
    const text = await new Response(file.readable).text();
    return { text, written: mtime?.getTime() ?? 0 };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
