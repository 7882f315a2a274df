import { type FailureKind, InputError, messageOf } from "@/lib/base/errors.ts";

/** What an error of the operating system means to the person at the keyboard. */
interface Meaning {
  /** Follows the place: `/mnt/store: no space left on its disk`. */
  readonly problem: string;
  readonly remedy: string;
  readonly kind: FailureKind;
}

const elsewhere = "choose another place (--store, --out)";
const again = "the same command continues from there";
const present = `Check that it is there and that its disk is mounted; ${again}`;
const sound = `Check its disk or its network; ${again}`;

function input(problem: string, remedy: string): Meaning {
  return { problem, remedy, kind: "bad input" };
}

function machine(problem: string, remedy: string): Meaning {
  return { problem, remedy, kind: "machine" };
}

const full: FailureKind = "disk full";

/** By the system's code: what a user can mend. What has no line here is a bug of ours, or not of the system. */
const meanings: Readonly<Record<string, Meaning>> = {
  ENOSPC: {
    problem: "no space left on the disk",
    remedy: `Make room, or ${elsewhere}; ${again}`,
    kind: full,
  },
  EDQUOT: {
    problem: "your disk quota is used up",
    remedy: `Make room, or ${elsewhere}; ${again}`,
    kind: full,
  },
  EROFS: machine("its file system is read-only", `Mount it for writing, or ${elsewhere}`),
  EMFILE: machine(
    "too many files are open at once",
    "Allow more (ulimit -n 4096), or use fewer worker processes (--jobs)",
  ),
  ENFILE: machine(
    "too many files are open on this machine",
    "Close other programs, or use fewer worker processes (--jobs)",
  ),
  EAGAIN: machine(
    "the system cannot start another process",
    "Allow more (ulimit -u), or use fewer worker processes (--jobs)",
  ),
  ENOMEM: {
    problem: "the system has no memory left",
    remedy: "Close other programs, or use fewer worker processes (--jobs)",
    kind: "out of memory",
  },
  EIO: input("the disk cannot be read or written", sound),
  ESTALE: input("it has gone from its network file system", sound),
  ENOTCONN: input("its file system is no longer connected", sound),
  EACCES: input("permission denied", `Allow access to it (chmod, chown), or ${elsewhere}`),
  EPERM: input("permission denied", `Allow access to it (chmod, chown), or ${elsewhere}`),
  ENOENT: input("there is no such file or folder", present),
  ENOTDIR: input("a part of its path is a file, not a folder", "Give another path"),
  EISDIR: input("it is a folder, not a file", "Give the path of a file"),
  ELOOP: input("its links form a circle", "Correct the link"),
  ENAMETOOLONG: input("the name is too long for its file system", "Give it a shorter one"),
  EFBIG: input(
    "the file is larger than its file system allows",
    "Choose another place (--store, --out)",
  ),
};

/**
 * An error of the operating system that a user can mend, in words; any other as it is.
 *
 * @param error Anything thrown, of Deno or of Node.
 * @param place What is said to be in trouble where the error does not name a path, or names one in there.
 */
export function explained(error: unknown, place: string): unknown {
  const meaning = meaningOf(error);
  if (meaning === undefined || error instanceof InputError) return error;
  const path = pathOf(error as Error);
  const { problem, remedy, kind } = meaning;
  const where = path === undefined || path.startsWith(`${place}/`) ? place : path;
  return new InputError(where, problem, remedy, { kind, cause: error });
}

/** What the system's code of an error says of the place, in words; `undefined` where it has none that a user can mend. */
export function problemOf(error: unknown): string | undefined {
  return meaningOf(error)?.problem;
}

/** The same for anything thrown: where it has no such words, its message. */
export function wordsOf(error: unknown): string {
  return problemOf(error) ?? messageOf(error);
}

/** Whether an error is of the machine's limits, and says nothing about the file that was to be read. */
export function isLimit(error: unknown): boolean {
  const kind = meaningOf(error)?.kind;
  return kind === "machine" || kind === "out of memory";
}

/** Does some work, and throws the system's errors in words: see {@linkcode explained}. */
export async function explaining<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(error, place);
  }
}

function meaningOf(error: unknown): Meaning | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return meanings[String(error.code)];
}

/** The path that an error names: in a field of its own (Node), or the first between quotes in its text (Deno). */
function pathOf(error: Error): string | undefined {
  if ("path" in error && typeof error.path === "string") return error.path;
  return /'(.+?)'(?: -> '.*')?$/s.exec(error.message)?.[1] ??
    /^Failed to spawn '(.+)': /s.exec(error.message)?.[1];
}
