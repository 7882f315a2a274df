import type { Doubles } from "@/tests/campaign/doubles.ts";
import type { StartOptions } from "@/tests/campaign/process.ts";
import type { Study } from "@/tests/campaign/study.ts";

/** How a process is started for which something is stood in for, and for those that it starts. */
export async function withDoubles(
  { project }: Study,
  doubles: Omit<Doubles, "deno">,
): Promise<Pick<StartOptions, "preload" | "env">> {
  const preload = `${import.meta.dirname}/doubles.ts`, real = Deno.execPath();
  const deno = `${project}/deno-with-doubles`;
  const lines = [
    "#!/bin/sh",
    `[ "$1" = run ] || exec '${real}' "$@"`,
    "shift",
    `exec '${real}' run --preload '${preload}' "$@"`,
  ];
  await Deno.writeTextFile(deno, `${lines.join("\n")}\n`, { mode: 0o755 });
  return { preload, env: { CAMPAIGN: JSON.stringify({ deno, ...doubles }) } };
}
