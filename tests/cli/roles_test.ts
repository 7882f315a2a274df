import assert from "node:assert/strict";
import { boundAlike } from "@/lib/cli/roles.ts";
import type { Binding } from "@/lib/data/mod.ts";

Deno.test("boundAlike() names the other roles of a data set", () => {
  const folder = (path: string): Binding => ({ dataset: "image-folder", path });
  const bindings: [string, Binding][] = [
    ["objects", folder("/a")],
    ["species", folder("/b")],
    ["scenes", folder("/a")],
    ["aerial", folder("/a")],
  ];
  assert.deepEqual(boundAlike("scenes", bindings), [
    "it is the data set of objects and aerial too: what is trained on one is trained on the other",
  ]);
  assert.deepEqual(boundAlike("species", bindings), []);
});
