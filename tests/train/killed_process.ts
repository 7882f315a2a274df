import { resolve } from "node:path";

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
    let rest = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + text).split("\n");
      rest = parts.pop()!;
      for (const line of parts) {
        lines.push(line);
        onLine(line, child);
      }
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
