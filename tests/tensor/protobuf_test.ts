import assert from "node:assert/strict";
import { lengthDelimitedFields, protoMessage } from "@/lib/tensor/protobuf.ts";

Deno.test("protoMessage() writes numbers, texts and messages as protocol buffers have them", () => {
  // The examples of the format's documentation: 150 as field 1, "testing" as field 2, the first as field 3.
  assert.deepEqual([...protoMessage([[1, 150]])], [0x08, 0x96, 0x01]);
  assert.deepEqual(
    [...protoMessage([[2, "testing"]])],
    [0x12, 0x07, ...new TextEncoder().encode("testing")],
  );
  assert.deepEqual(
    [...protoMessage([[3, protoMessage([[1, 150]])]])],
    [0x1a, 0x03, 0x08, 0x96, 0x01],
  );
  assert.deepEqual([...protoMessage([[19, 0]])], [0x98, 0x01, 0x00]);
});

Deno.test("lengthDelimitedFields() reads texts and messages, long ones and high numbers too, and passes over the others", () => {
  const long = "x".repeat(300);
  const message = protoMessage([[1, 150], [2, long], [200, protoMessage([[3, 7]])]]);
  // Of eight bytes and of four: a double as field 4, a float as field 5.
  const numbers = [0x21, 1, 2, 3, 4, 5, 6, 7, 8, 0x2d, 1, 2, 3, 4];
  const fields = [...lengthDelimitedFields(Uint8Array.from([...numbers, ...message]))];
  assert.deepEqual(fields.map(([field]) => field), [2, 200]);
  assert.equal(new TextDecoder().decode(fields[0]![1]), long);
  assert.deepEqual([...fields[1]![1]], [0x18, 7]);
});
