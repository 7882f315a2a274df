import assert from "node:assert/strict";
import { layOut } from "@/reports/plan_layout.ts";

const box = { width: 134, height: 40 };

// As a study's: some that lead to the next, some past several, one that stands alone with a single reader.
const edges: readonly (readonly [number, number])[] = [
  ...[2, 3, 4, 5, 6, 7, 8, 9].map((to) => [0, to] as const),
  ...[1, 4, 5].map((from) => [from, 6] as const),
  [2, 4],
  [2, 5],
  [2, 7],
  [6, 7],
  [6, 8],
  [7, 9],
];

Deno.test("layOut() puts each box right of those that lead to it, and none upon another", () => {
  const { boxes, width, height } = layOut(10, edges, box);
  for (const [from, to] of edges) {
    assert.ok(boxes[to]!.x - boxes[from]!.x > box.width, `${from} leads to ${to}`);
  }
  for (const [i, { x, y }] of boxes.entries()) {
    assert.ok(x >= box.width / 2 && x <= width - box.width / 2, `box ${i} is in the picture`);
    assert.ok(y >= box.height / 2 && y <= height - box.height / 2, `box ${i} is in the picture`);
    for (const other of boxes.slice(i + 1)) {
      assert.ok(
        Math.abs(other.x - x) >= box.width || Math.abs(other.y - y) >= box.height,
        `${i} stands upon another`,
      );
    }
  }
});

Deno.test("layOut() leads each line from box to box, past the others", () => {
  const { boxes, lines } = layOut(10, edges, box);
  for (const [i, line] of lines.entries()) {
    const [from, to] = edges[i]!.map((place) => boxes[place]!);
    assert.deepEqual(line[0], { x: from!.x + box.width / 2, y: from!.y });
    assert.deepEqual(line.at(-1), { x: to!.x - box.width / 2, y: to!.y });
    for (const [at, before] of line.slice(1).map((one, j) => [one, line[j]!] as const)) {
      assert.ok(at.x > before.x, "a line goes from left to right");
      const passed = boxes.filter(({ x }) => x > before.x && x < at.x);
      if (passed.length === 0) continue;
      assert.equal(at.y, before.y, "a line passes a column level");
      for (const { y } of passed) assert.ok(Math.abs(y - at.y) > box.height / 2, "behind no box");
    }
  }
});
