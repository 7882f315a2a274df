import assert from "node:assert/strict";
import { resolve } from "node:path";
import { floors } from "@/dsl/mod.ts";
import { randomAt } from "@/lib/base/random.ts";
import { floorLength } from "@/lib/network/mod.ts";
import { describeGradients } from "@/lib/probe/floors/gradients.ts";
import { pythonWith } from "@/tests/python_with.ts";

/** A square image of bytes. */
function image(side: number, byteOf: (row: number, column: number, channel: number) => number) {
  const bytes = Array.from({ length: side * side * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return byteOf(Math.floor(pixel / side), pixel % side, i % 3);
  });
  return { side, bytes, values: Float64Array.from(bytes, (byte) => byte / 255) };
}

Deno.test("describeGradients() of an edge has one direction, in the cells that it crosses", () => {
  // From left to right, black then white: both columns beside the edge see it, and the gradient points along 0 degrees.
  const edge = image(16, (_, column) => column < 8 ? 0 : 255);
  const features = describeGradients(edge, { ...floors.gradients, cell: 8, block: 2 });
  assert.equal(features.length, 36);
  // Each of the four cells has a column of eight pixels: equal lengths, cut to 0.2 of the block's and brought to length 1.
  features.forEach((value, i) =>
    assert.ok(Math.abs(value - (i % 9 === 0 ? 0.5 : 0)) < 1e-6, `${i} ${value}`)
  );
  // The same image turned by a quarter points along 90 degrees, which is in the fifth of nine directions.
  const turned = describeGradients(image(16, (row) => row < 8 ? 0 : 255), floors.gradients);
  turned.forEach((value, i) => assert.equal(value > 0.4, i % 9 === 4, `${i} ${value}`));
});

Deno.test("describeGradients() knows no brightness, takes the channel that changes most, and makes nothing of an even image", () => {
  const [dark, bright] = [0, 90].map((by) =>
    describeGradients(
      image(24, (row, column) => by + (row * 7 + column * 5) % 90),
      floors.gradients,
    )
  );
  dark!.forEach((value, i) => assert.ok(Math.abs(value - bright![i]!) < 1e-6));
  const green = image(16, (row, column, c) => c === 1 ? 200 * Number(column > 8) : row);
  const alone = image(16, (_, column) => 200 * Number(column > 8));
  const [some, other] = [green, alone].map((one) =>
    describeGradients(one, { ...floors.gradients, cell: 16, block: 1 })
  );
  assert.ok(some![0]! > 0.5 && other![0]! > 0.9);
  assert.ok(
    describeGradients(image(16, () => 120), floors.gradients).every((value) => value === 0),
  );
});

const python = await pythonWith("scikit-image==0.26.0");

Deno.test({
  name:
    "describeGradients() gives the numbers of scikit-image, of sides that cells do not fill too",
  ignore: python === null,
  async fn() {
    const random = randomAt(1, "gradients");
    const noise = (side: number) => image(side, () => Math.floor(256 * random.uniform()));
    const wave = image(
      40,
      (row, column, c) => Math.floor(127 + 120 * Math.sin(row / 3 + c) * Math.cos(column / 5)),
    );
    const asked = [
      { of: noise(32), floor: floors.gradients },
      { of: noise(35), floor: floors.gradients },
      { of: wave, floor: floors.gradients },
      { of: wave, floor: { ...floors.gradients, cell: 6, block: 3, bins: 8 } },
      { of: noise(24), floor: { ...floors.gradients, cell: 5, block: 1, bins: 12 } },
    ];
    const child = new Deno.Command(python!, {
      args: [resolve(import.meta.dirname!, "hog.py")],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    const told = asked.map(({ of: { side, bytes }, floor }) => ({ ...floor, side, bytes }));
    await writer.write(new TextEncoder().encode(JSON.stringify(told)));
    await writer.close();
    const { stdout } = await child.output();
    const found: number[][] = JSON.parse(new TextDecoder().decode(stdout));
    asked.forEach(({ of, floor }, i) => {
      const ours = describeGradients(of, floor);
      assert.equal(ours.length, found[i]!.length);
      assert.equal(ours.length, floorLength(floor, of.side));
      ours.forEach((value, at) =>
        assert.ok(Math.abs(value - found[i]![at]!) < 1e-4, `${i} ${at}: ${value} ${found[i]![at]}`)
      );
    });
  },
});
