import { cutLine } from "@/lib/base/cut_line.ts";
import { say, write } from "@/lib/cli/say.ts";
import { terminal } from "@/lib/cli/terminal.ts";

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

/** Makes a line that says how far something is; the first word comes when it has taken a while. */
export function statusLine(): StatusLine {
  const { live, size } = terminal();
  let told = performance.now(), stage: string | undefined, drawn = false;
  return {
    tell(text, now = stage) {
      const time = performance.now();
      if (now === stage && time - told < (live ? liveEvery : plainEvery)) return;
      stage = now;
      told = time;
      drawn = live;
      if (live) write(`\r\x1b[K${cutLine(text, size().columns - 1)}`);
      else say(text);
    },
    clear() {
      if (drawn) write("\r\x1b[K");
      drawn = false;
    },
  };
}
