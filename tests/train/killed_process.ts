import { resolve } from "node:path";
import { readLines } from "@/tests/read_lines.ts";

const root = resolve(import.meta.dirname!, "../..");

/**
 * Starts a program of the project and tells its lines as they come.
 *
 * @param shell Commands before it in the same shell.
 */
export function startProgram(
  [program, ...args]: readonly [string, ...string[]],
  onLine: (line: string, child: Deno.ChildProcess) => void = () => {},
  shell = "",
): Promise<{ code: number; lines: string[] }> {
  const command = [
    ...["run", "--quiet", "--frozen", "--config", `${root}/deno.json`, "-A"],
    ...[`${root}/${program}`, ...args],
  ];
  const child = new Deno.Command("sh", {
    args: ["-c", `${shell} exec "$0" "$@"`, Deno.execPath(), ...command],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  return (async () => {
    const lines: string[] = [];
    for await (const line of readLines(child.stdout)) {
      lines.push(line);
      onLine(line, child);
    }
    return { code: (await child.status).code, lines };
  })();
}

/** Kills a process as the system does that is out of memory. */
export function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It ended by itself in between.
  }
}
