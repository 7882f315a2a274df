import assert from "node:assert/strict";
import { decodeSafetensors, encodeSafetensors } from "@/lib/base/safetensors.ts";

const bytesOf = (values: number[]) => new Uint8Array(new Float32Array(values).buffer);
const content = {
  tensors: {
    second: { dtype: "F32", shape: [1], bytes: bytesOf([3]) },
    first: { dtype: "F32", shape: [2, 1], bytes: bytesOf([1, -2]) },
  },
  metadata: { format: "pt" },
};

Deno.test("encodeSafetensors() writes length, header and data as the format has them", () => {
  const file = encodeSafetensors(content);
  const header = '{"__metadata__":{"format":"pt"},' +
    '"first":{"data_offsets":[0,8],"dtype":"F32","shape":[2,1]},' +
    '"second":{"data_offsets":[8,12],"dtype":"F32","shape":[1]}}';
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
  assert.deepEqual([...file.subarray(0, 8)], [padded.length, 0, 0, 0, 0, 0, 0, 0]);
  assert.equal(new TextDecoder().decode(file.subarray(8, 8 + padded.length)), padded);
  // 1, -2 and 3 as little-endian IEEE 754.
  assert.deepEqual([...file.subarray(8 + padded.length)], [
    ...[0, 0, 0x80, 0x3f],
    ...[0, 0, 0, 0xc0],
    ...[0, 0, 0x40, 0x40],
  ]);
});

Deno.test("encodeSafetensors() does not depend on the order of the names", () => {
  const { first, second } = content.tensors;
  assert.deepEqual(
    encodeSafetensors({ ...content, tensors: { first, second } }),
    encodeSafetensors({ ...content, tensors: { second, first } }),
  );
});

Deno.test("decodeSafetensors() reads back what was written", () => {
  const { tensors, metadata } = decodeSafetensors(encodeSafetensors(content), "x.safetensors");
  assert.deepEqual(metadata, { format: "pt" });
  assert.deepEqual(Object.keys(tensors), ["first", "second"]);
  assert.deepEqual(tensors.first!.shape, [2, 1]);
  assert.deepEqual([...tensors.first!.bytes], [...content.tensors.first.bytes]);
  assert.deepEqual([...tensors.second!.bytes], [...content.tensors.second.bytes]);
});

Deno.test("decodeSafetensors() names the file and what is wrong with it", () => {
  const file = encodeSafetensors(content);
  const message = (problem: string) => ({
    message:
      `x.safetensors: not a whole safetensors file, ${problem}. Make or fetch the file again`,
  });
  assert.throws(
    () => decodeSafetensors(file.subarray(0, 5), "x.safetensors"),
    message("it has only 5 bytes"),
  );
  assert.throws(
    () => decodeSafetensors(file.subarray(0, 100), "x.safetensors"),
    message(`its header should have ${file[0]} bytes, and it has 100 in all`),
  );
  assert.throws(
    () => decodeSafetensors(file.subarray(0, file.length - 1), "x.safetensors"),
    message('"second" should be bytes 8 to 12 of the data, which has 11'),
  );
  const spoilt = file.slice();
  spoilt[8] = "x".charCodeAt(0);
  assert.throws(() => decodeSafetensors(spoilt, "x.safetensors"), /its header is not JSON/);
});
