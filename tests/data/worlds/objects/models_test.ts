import assert from "node:assert/strict";
import { randomAt } from "@/lib/base/random.ts";
import { marked, modelsOf } from "@/lib/data/worlds/objects/models.ts";
import type { Part } from "@/lib/data/worlds/objects/sketch.ts";
import { disc } from "@/lib/data/worlds/paint/shape.ts";

const parts: readonly Part[] = [[disc([0, 0], 0.8), "main"]];

Deno.test("modelsOf() gives two different models, and another pair to the next object", () => {
  for (let object = 0; object < 20; object++) {
    const [one, other] = modelsOf(object);
    assert.notEqual(one, other);
    assert.notDeepEqual(modelsOf(object), modelsOf(object + 1));
  }
});

Deno.test("marked() lays a model's marks on the object alone", () => {
  for (const mark of ["banded", "striped", "dotted", "halved"] as const) {
    const [, [shape, material]] = marked(parts, mark, randomAt(1, mark)) as [Part, Part];
    assert.equal(material, "mark");
    let inside = 0;
    for (let y = -1.2; y <= 1.2; y += 0.05) {
      for (let x = -1.2; x <= 1.2; x += 0.05) {
        if (shape.distance(x, y) > 0) continue;
        inside++;
        assert.ok(Math.hypot(x, y) <= 0.801, `${mark} at ${x}, ${y}`);
      }
    }
    // Of about 800 places on the disc.
    assert.ok(inside > 40 && inside < 600, `${mark} covers ${inside} places`);
  }
  assert.deepEqual(marked(parts, "plain", randomAt(1, "plain")), parts);
});
