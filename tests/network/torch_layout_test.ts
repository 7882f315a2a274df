import assert from "node:assert/strict";
import { fromTorch, torchShape, toTorch } from "@/lib/network/torch_layout.ts";

Deno.test("toTorch() moves the output and input axes of a convolution to the front", () => {
  // [h 1, w 2, in 3, out 2], each value telling its place: 100 w + 10 in + out.
  const values = Float32Array.of(0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121);
  const torch = toTorch("conv", { shape: [1, 2, 3, 2], values });
  assert.deepEqual(torch.shape, [2, 3, 1, 2]);
  assert.deepEqual([...torch.values], [0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121]);
});

Deno.test("toTorch() transposes a dense layer and leaves vectors", () => {
  const values = Float32Array.of(1, 2, 3, 4, 5, 6);
  assert.deepEqual([...toTorch("dense", { shape: [2, 3], values }).values], [1, 4, 2, 5, 3, 6]);
  assert.deepEqual([...toTorch("offset", { shape: [6], values }).values], [...values]);
  assert.deepEqual(torchShape("dense", [2, 3]), [3, 2]);
});

Deno.test("fromTorch() undoes toTorch()", () => {
  const values = Float32Array.from({ length: 2 * 3 * 4 * 5 }, (_, i) => i);
  const ours = { shape: [2, 3, 4, 5], values };
  const back = fromTorch("conv", toTorch("conv", ours));
  assert.deepEqual(back, ours);
});
