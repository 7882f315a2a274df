import { writeAtomic } from "@/lib/base/files.ts";
import type { Store } from "@/lib/store/mod.ts";

/** What the processes that work a step write beside their answers, and how it failed. */
export interface StepLog {
  /** Takes what was written. */
  take(text: string): void;
  /** Writes it down, where there is anything. */
  close(): Promise<void>;
  /** The last lines of what was taken. */
  end(): string;
}

// Characters that are kept of a step's log, and lines that are told of its end.
const mostKept = 64_000, linesTold = 20;

/** The file of a step's log. */
export function stepLogPath(store: Store, key: string): string {
  return `${store.root}/logs/${key}.log`;
}

/** Opens the log of a step for one attempt: what earlier ones left stays before it, as far as there is room. */
export function openStepLog(
  store: Store,
  { key, head }: { readonly key: string; readonly head: string },
): StepLog {
  let taken = "";
  return {
    take(text) {
      taken = (taken + text).slice(-mostKept);
    },
    async close() {
      if (taken === "") return;
      const path = stepLogPath(store, key);
      const before = await Deno.readTextFile(path).catch(() => "");
      const whole = `${before}${head}\n${taken}${taken.endsWith("\n") ? "" : "\n"}`;
      // A log that cannot be written costs nothing of the work.
      await writeAtomic(path, whole.slice(-mostKept), { sync: false }).catch(() => {});
    },
    end: () => taken.trimEnd().split("\n").slice(-linesTold).join("\n"),
  };
}
