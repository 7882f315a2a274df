import { cutLine } from "@/lib/base/cut_line.ts";
import { write as writeText } from "@/lib/cli/say.ts";
import { type Terminal, terminal } from "@/lib/cli/terminal.ts";

/** A line that says how far something is. */
export interface StatusLine {
  /**
   * Says how far: on a terminal in place of what was said before, elsewhere on a line of its own now and then.
   *
   * @param stage What is told at once where it changes.
   */
  tell(text: string, stage?: string): void;
  /** Takes the line away, where it can be. */
  clear(): void;
}

// Milliseconds between two tellings.
const liveEvery = 200, plainEvery = 10_000;

/** Where a line is drawn, and when; other than by default in tests. */
export interface StatusLineOptions {
  readonly on?: Terminal;
  readonly write?: (text: string) => void;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** Makes a line that says how far something is; the first word comes when it has taken a while. */
export function statusLine(options: StatusLineOptions = {}): StatusLine {
  const { on: { live, size } = terminal(), write = writeText, now = () => performance.now() } =
    options;
  let told = now(), stage: string | undefined, drawn = false;
  return {
    tell(text, at = stage) {
      const time = now();
      if (at === stage && time - told < (live ? liveEvery : plainEvery)) return;
      stage = at;
      told = time;
      drawn = live;
      if (live) write(`\r\x1b[K${cutLine(text, size().columns - 1)}`);
      else write(`${text}\n`);
    },
    clear() {
      if (drawn) write("\r\x1b[K");
      drawn = false;
    },
  };
}

/**
 * Does something long, of which a line says how far it is; the line goes with its end.
 *
 * @param body Is given what says how far: see {@linkcode StatusLine}.
 * @param options `quiet`: says nothing.
 */
export async function tellingProgress<T>(
  body: (tell: StatusLine["tell"]) => Promise<T>,
  { quiet = false, ...options }: StatusLineOptions & { readonly quiet?: boolean } = {},
): Promise<T> {
  const line = statusLine(options);
  try {
    return await body(quiet ? () => {} : line.tell);
  } finally {
    line.clear();
  }
}
