import assert from "node:assert/strict";
import { experiments } from "@/experiments/mod.ts";
import { methodName } from "@/reports/names.ts";
import { renderStudy } from "@/reports/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

Deno.test("a method has one colour in the whole report, and a colour means one method where methods are compared", async () => {
  await using input = await syntheticStudy(experiments, { accuracy: () => 0.5, testImages: 48 });
  const page = await renderStudy(input);
  const keys = [...page.matchAll(/<ul class="key lines">(.*?)<\/ul>/gs)].map(([, key]) =>
    [...key!.matchAll(/class="(swatch[^"]*)" style="color: ([^"]+)"[^>]*><\/span>([^<]+)/g)]
      .map(([, mark, colour, name]) => ({ look: `${mark} ${colour}`, name: name! }))
  );
  assert.ok(keys.length > 4, `${keys.length}`);
  const looks = Map.groupBy(keys.flat(), ({ name }) => name);
  for (const method of ["simclr", "moco", "byol", "supervised", "none"]) {
    const name = methodName(method);
    assert.equal(new Set(looks.get(name)!.map(({ look }) => look)).size, 1, name);
  }
  assert.equal(looks.get("Supervised")!.length, 3, "three figures compare with it");
  for (const key of keys) assert.equal(new Set(key.map(({ look }) => look)).size, key.length);
});
