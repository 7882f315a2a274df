import assert from "node:assert/strict";
import { InputError } from "@/lib/base/errors.ts";
import { openWeights } from "@/lib/pretrained/open_weights.ts";
import { withFile } from "@/tests/pretrained/pickled.ts";

/** That a file of these bytes is refused with one error that names it and says this. */
export async function refused(
  bytes: Uint8Array,
  says: RegExp,
  options: { readonly name?: string } = {},
): Promise<void> {
  await withFile(bytes, async (path) => {
    await assert.rejects(openWeights(path), (error) => {
      assert.ok(error instanceof InputError, String(error));
      assert.equal(error.place, path);
      assert.match(error.message, says);
      return true;
    });
  }, options);
}
