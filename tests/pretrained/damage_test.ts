import assert from "node:assert/strict";
import { InputError } from "@/lib/base/errors.ts";
import { encodeSafetensors } from "@/lib/base/safetensors.ts";
import { openWeights } from "@/lib/pretrained/open_weights.ts";
import {
  dict,
  floats,
  pickle,
  tensor,
  torchLegacy,
  torchZip,
  withFile,
} from "@/tests/pretrained/pickled.ts";

const content = pickle(dict({ a: tensor({ elements: 2, shape: [1, 2] }), b: dict({}) }));
const files: Readonly<Record<string, Uint8Array>> = {
  "a zip of PyTorch's": await torchZip({ pickle: content, storages: { 0: floats(1, 2) } }),
  "an older file of PyTorch's": torchLegacy(content, { 0: [2, floats(1, 2)] }),
  "a safetensors file": encodeSafetensors({
    tensors: { a: { dtype: "F32", shape: [1, 2], bytes: floats(1, 2) } },
    metadata: { format: "pt" },
  }),
};

for (const [name, whole] of Object.entries(files)) {
  Deno.test(`${name} with any one byte changed is read, or refused in one sentence that names it`, () =>
    withFile(whole, async (path) => {
      let refused = 0;
      for (let at = 0; at < whole.length; at++) {
        for (const change of [1, 0x80, 0xff]) {
          const bytes = whole.slice();
          bytes[at]! ^= change;
          await Deno.writeFile(path, bytes);
          try {
            using file = await openWeights(path);
            for (const [tensor, { shape }] of file.tensors) {
              const values = await file.values(tensor);
              assert.equal(values.length, shape.reduce((all, one) => all * one, 1));
            }
          } catch (error) {
            assert.ok(error instanceof InputError, `byte ${at} ^ ${change}: ${error}`);
            assert.equal(error.place, path);
            refused++;
          }
        }
      }
      assert.ok(refused > whole.length / 2, `${refused} of ${3 * whole.length}`);
    }));
}
