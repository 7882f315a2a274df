import { cString } from "@/lib/tensor/c_memory.ts";
import { openLibc } from "@/lib/tensor/libc.ts";

const O_WRONLY = 1, STANDARD_ERROR = 2;

/** The variable by which a person asks for TensorFlow's and XLA's log. */
const LOG_LEVEL = "TF_CPP_MIN_LOG_LEVEL";

let isLogWanted: boolean | undefined;

/**
 * Runs `body`, in which a library is opened or set up, without its chatter, unless the person asked for its log.
 *
 * @param level What the library writes from then on: "2" is errors, "3" what ends the process.
 */
export function quietly<T>(level: "2" | "3", body: () => T): T {
  // Once for all, because what is set here would pass for the person's wish the next time.
  isLogWanted ??= Deno.env.get(LOG_LEVEL) !== undefined;
  if (isLogWanted) return body();
  Deno.env.set(LOG_LEVEL, level);
  return withoutStandardError(body);
}

/**
 * Runs `body` while what any code of this process writes to standard error is thrown away.
 *
 * TensorFlow logs a line as its library is loaded, before any setting of its log is read; there is no other way to be
 * rid of it. Where the C library cannot be reached, `body` runs as it is.
 */
function withoutStandardError<T>(body: () => T): T {
  const libc = openLibc(LIBC);
  if (libc === undefined) return body();
  const { open, dup, dup2, close } = libc.symbols;
  const saved = dup(STANDARD_ERROR);
  const nothing = open(cString("/dev/null"), O_WRONLY);
  try {
    if (saved >= 0 && nothing >= 0) dup2(nothing, STANDARD_ERROR);
    return body();
  } finally {
    if (saved >= 0) dup2(saved, STANDARD_ERROR);
    close(saved);
    close(nothing);
    libc.close();
  }
}

const LIBC = {
  open: { parameters: ["buffer", "i32"], result: "i32" },
  dup: { parameters: ["i32"], result: "i32" },
  dup2: { parameters: ["i32", "i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
} as const;
