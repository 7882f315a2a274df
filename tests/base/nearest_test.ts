import assert from "node:assert/strict";
import { didYouMean } from "@/lib/base/nearest.ts";

const roles = ["species", "objects", "scenes", "aerial"];

Deno.test("didYouMean() names the nearest of the known words, whatever their case", () => {
  for (const word of ["object", "Objects", "OBJECTS", "objetcs", "objects "]) {
    assert.equal(didYouMean(word, roles), 'Did you mean "objects"? ', word);
  }
  assert.equal(didYouMean("scene", roles), 'Did you mean "scenes"? ');
});

Deno.test("didYouMean() says nothing where no word is near", () => {
  for (const word of ["photos", "mine", "x", ""]) assert.equal(didYouMean(word, roles), "", word);
  assert.equal(didYouMean("object", []), "");
});
