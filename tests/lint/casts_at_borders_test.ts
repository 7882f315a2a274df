import assert from "node:assert/strict";
import { root } from "@/tests/cli/command.ts";
import { castBorders } from "@/tests/lint/borders.ts";
import { objectionsOf } from "@/tests/lint/objections.ts";

const objections = objectionsOf("casts-at-borders");

Deno.test("the rule objects to casts that force a type", () => {
  for (
    const program of [
      "const a = b as unknown as Other;",
      "const a = (b as unknown) as Other;",
      "const a = b as any;",
      "const a = (b as any).c;",
      "call(b as never);",
      "const a = b as never as Other;",
    ]
  ) assert.equal(objections(program), 1, program);
});

Deno.test("the rule lets casts pass that the compiler checks, tests, and the borders", () => {
  for (
    const program of [
      "const a = b as Other;",
      "const a = b as unknown;",
      'const a = ["b"] as const;',
      "const a = b satisfies Other;",
      "const a: never[] = [];",
    ]
  ) assert.equal(objections(program), 0, program);
  const forced = "const a = b as unknown as Other;";
  assert.equal(objections(forced, "tests/program_test.ts"), 0);
  for (const path of Object.keys(castBorders)) assert.equal(objections(forced, path), 0, path);
});

Deno.test("every border still needs to be one", async () => {
  for (const path of Object.keys(castBorders)) {
    assert.ok(objections(await Deno.readTextFile(`${root}/${path}`)) > 0, path);
  }
});
