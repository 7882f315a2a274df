import { root } from "@/tests/cli/command.ts";
import { readLines } from "@/tests/read_lines.ts";

/**
 * Runs `transfer_process.ts` and kills it with SIGKILL once so many bytes are there.
 *
 * @param options `limit`: after so many it reads no more; `env` adds to the environment.
 */
export async function killedAfter(
  [from, to]: readonly [from: string, to: string],
  { bytes, limit = bytes, env = {} }: {
    readonly bytes: number;
    readonly limit?: number;
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--frozen", "--config", `${root}/deno.json`, "-A"],
      ...[`${root}/tests/depot/transfer_process.ts`, from, to, `${limit}`],
    ],
    env: { ...env },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let isKilled = false;
  for await (const line of readLines(child.stdout)) {
    if (isKilled || Number(line) < bytes) continue;
    isKilled = true;
    child.kill("SIGKILL");
  }
  await child.status;
  if (!isKilled) throw new Error(`it ended before ${bytes} bytes were there`);
}
