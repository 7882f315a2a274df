import { taskArguments } from "@/tests/cli/command.ts";
import { readLines } from "@/tests/read_lines.ts";

/** What a command line with `--json` tells, as far as it is read here. */
export interface Told {
  readonly type: string;
  readonly pid?: number;
  readonly step?: { readonly key: string };
}

/** How a process ended. */
export interface Ended {
  /** 137 where it was killed. */
  readonly code: number;
  /** The end of what it wrote beside its events. */
  readonly written: string;
}

/** A command line under way. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  isOver(): boolean;
  /** It and its worker processes, as far as they live and have been given a step. */
  living(): readonly number[];
  /** Ends it and its worker processes, and waits until it is gone. */
  kill(): Promise<void>;
}

/** How a command line is started. */
export interface StartOptions {
  readonly cwd: string;
  /** A module that runs before it, in its worker processes too: see {@linkcode doubles}. */
  readonly preload?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly onTold: (told: Told) => void;
}

// Longer than any run of the campaign may take, in milliseconds.
const patience = 600_000;

/** Starts a command line of the project that lies in `cwd`, with `--json`. */
export function start(args: readonly string[], options: StartOptions): Running {
  const { cwd, preload, env = {}, onTold } = options;
  const [run, ...rest] = taskArguments(...args, "--json");
  const before = preload === undefined ? [] : ["--preload", preload];
  const child = new Deno.Command(Deno.execPath(), {
    args: [run!, ...before, ...rest].map((arg) => arg.replace(/^.*(?=\/lib\/cli\/main\.ts$)/, cwd)),
    cwd,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const workers = new Set<number>();
  let written = "", isOver = false;
  const events = eachLine(child.stdout, (line) => {
    const told = read(line);
    if (told === undefined) return;
    if (told.type === "started" && told.pid !== undefined) workers.add(told.pid);
    onTold(told);
  });
  const errors = eachLine(child.stderr, (line) => {
    written = `${written}${line}\n`.slice(-4000);
  });
  /** Whether a worker process is there still: its number may have become that of another. */
  const isOurs = (pid: number): boolean => {
    try {
      return Deno.readTextFileSync(`/proc/${pid}/cmdline`).includes(`${cwd}/lib/run/worker.ts`);
    } catch {
      return false;
    }
  };
  const kill = () => [child.pid, ...[...workers].filter(isOurs)].forEach(killProcess);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    kill();
  }, patience);
  const ended = child.status.then(async ({ code }) => {
    clearTimeout(timer);
    isOver = true;
    await Promise.all([events, errors]);
    return { code, written: isLate ? `${written}It hung.\n` : written };
  });
  return {
    pid: child.pid,
    ended,
    isOver: () => isOver,
    living: () => isOver ? [] : [child.pid, ...[...workers].filter(isOurs)],
    async kill() {
      kill();
      await ended;
    },
  };
}

/** Kills a process as a power cut would; one that is gone already is let be. */
export function killProcess(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Of what a killed process told last, a part may be missing. */
function read(line: string): Told | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function eachLine(
  stream: ReadableStream<Uint8Array>,
  take: (line: string) => void,
): Promise<void> {
  for await (const line of readLines(stream)) take(line);
}
