import plugin from "@/tests/lint/mod.ts";
import { root } from "@/tests/cli/command.ts";

/** Counts how often a rule of the project's objects to a program, which stands at a path in the project. */
export function objectionsOf(rule: string): (program: string, path?: string) => number {
  return (program, path = "lib/program.ts") =>
    Deno.lint.runPlugin(plugin, `${root}/${path}`, program)
      .filter(({ id }) => id === `when-contrastive/${rule}`).length;
}
