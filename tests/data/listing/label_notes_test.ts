import assert from "node:assert/strict";
import { labelNotes } from "@/lib/data/listing/label_notes.ts";

function notesOf(names: readonly string[], ...lines: string[][]): readonly string[] {
  const rows = new Map(lines.map((cells) => [cells[0]!, cells]));
  return labelNotes(names, { levels: ["class", "genus", "family"], rows }, "set/labels.tsv");
}

Deno.test("labelNotes() says nothing of a tree whose classes all have images", () => {
  assert.deepEqual(notesOf(["a", "b"], ["a", "g", "f"], ["b", "g", "f"]), []);
});

Deno.test("labelNotes() names classes that have no image", () => {
  assert.deepEqual(notesOf(["a"], ["a", "g", "f"], ["b", "h", "f"], ["c", "h", "f"]), [
    "set/labels.tsv has 2 classes without an image: b, c",
  ]);
});

Deno.test("labelNotes() names a class under several parents, and not for classes without an image", () => {
  const lines = [["a", "g", "f1"], ["b", "g", "f2"], ["c", "h", "f2"]];
  assert.deepEqual(notesOf(["a", "b", "c"], ...lines), [
    "set/labels.tsv has classes of the level genus under several of the level family, " +
    "which count as a class under each: g (f1, f2)",
  ]);
  assert.deepEqual(notesOf(["a", "c"], ...lines), [
    "set/labels.tsv has 1 class without an image: b",
  ]);
});
