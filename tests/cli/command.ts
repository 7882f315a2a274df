import { resolve } from "node:path";
import { readLines } from "@/tests/read_lines.ts";

/** The project's folder. */
export const root = resolve(import.meta.dirname!, "../..");

/** What a command printed and how it ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The arguments with which a task runs the command line. */
export function taskArguments(...args: readonly string[]): string[] {
  return ["run", "--quiet", "--frozen", "-A", `${root}/lib/cli/main.ts`, ...args];
}

/** Runs the command line as its task does, in the project's folder. */
export async function command(...args: readonly string[]): Promise<Ran> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: taskArguments(...args),
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/**
 * Runs the command line with JSON lines and hands each event to `onEvent`, which may signal the process; gives the exit code and all
 * events.
 */
export async function commandEvents<Event>(
  args: readonly string[],
  onEvent: (event: Event, child: Deno.ChildProcess) => void = () => {},
): Promise<{ readonly code: number; readonly events: readonly Event[] }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: taskArguments(...args, "--json"),
    cwd: root,
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const events: Event[] = [];
  for await (const line of readLines(child.stdout)) {
    const event: Event = JSON.parse(line);
    events.push(event);
    onEvent(event, child);
  }
  return { code: (await child.status).code, events };
}

/** Runs a test's body with a folder that is gone afterwards. */
export async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
