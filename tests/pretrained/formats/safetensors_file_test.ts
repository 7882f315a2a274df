import assert from "node:assert/strict";
import { encodeSafetensors } from "@/lib/base/safetensors.ts";
import { openWeights } from "@/lib/pretrained/open_weights.ts";
import { bytesOf, floats, withFile } from "@/tests/pretrained/pickled.ts";
import { refused } from "@/tests/pretrained/refused.ts";

const name = "weights.safetensors";

const refuse = (bytes: Uint8Array, says: RegExp) => refused(bytes, says, { name });

/** A file with a header of one's own. */
function withHeader(header: string, data: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  return bytesOf(length, header, data);
}

Deno.test("tensors of a safetensors file are read one at a time, in all types of floats", () => {
  const tensors = {
    a: { dtype: "F32", shape: [2, 1], bytes: floats(1, -2) },
    half: { dtype: "F16", shape: [2], bytes: bytesOf([0, 0x3c, 0, 0xc0]) },
    brain: { dtype: "BF16", shape: [1], bytes: bytesOf([0x40, 0x40]) },
    counter: { dtype: "I64", shape: [], bytes: new Uint8Array(8) },
  };
  return withFile(encodeSafetensors({ tensors, metadata: {} }), async (path) => {
    using file = await openWeights(path);
    assert.deepEqual([...file.tensors.keys()], ["a", "brain", "counter", "half"]);
    assert.deepEqual([...await file.values("a")], [1, -2]);
    assert.deepEqual([...await file.values("half")], [1, -2]);
    assert.deepEqual([...await file.values("brain")], [3]);
    await assert.rejects(file.values("counter"), /"counter" is I64/);
  }, { name });
});

Deno.test("a safetensors file whose header lies is refused", async () => {
  const entry = (shape: string, offsets: string) =>
    `{"dtype":"F32","shape":${shape},"data_offsets":${offsets}}`;
  const data = floats(1, 2);
  await refuse(withHeader(`{"a":${entry("[3]", "[0,8]")}}`, data), /"a" is F32 \[3\] in 8 bytes/);
  await refuse(
    withHeader(`{"a":${entry("[2]", "[4,12]")}}`, data),
    /bytes 4 to 12 of the data, which has 8/,
  );
  await refuse(
    withHeader(`{"a":${entry("[2]", "[0,8]")},"b":${entry("[1]", "[4,8]")}}`, data),
    /"a" and "b" lie in one another/,
  );
  await refuse(
    withHeader(`{"a":${entry("[-1]", "[0,8]")}}`, data),
    /no dtype, shape and data_offsets/,
  );
  await refuse(
    withHeader(`{"__proto__":${entry("[2]", "[0,8]")}}`, data),
    /a tensor's name is "__proto__"/,
  );
  await refuse(withHeader(`{"\xe9":${entry("[2]", "[0,8]")}}`, data), /its header is not UTF-8/);
  await refuse(withHeader(`{"a":null}`, data), /no dtype, shape and data_offsets/);
  await refuse(
    bytesOf([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], "{"),
    /its header should have/,
  );
  await refuse(bytesOf("x"), /it has only 1 bytes/);
});
