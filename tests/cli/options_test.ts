import assert from "node:assert/strict";
import { defaultOut } from "@/lib/cli/options.ts";

Deno.test("a report goes to a folder of its own experiments and scale", () => {
  for (
    const [ids, scale, folder] of [
      [["all"], "mini", "all-mini"],
      [["data-domain", "taxa"], "smoke", "data-domain+taxa-smoke"],
      [["taxa", "taxa"], "mini", "taxa-mini"],
    ] as const
  ) assert.equal(defaultOut("/p", ids, { scale }), `/p/reports/out/${folder}`);
});
