import assert from "node:assert/strict";
import type { Accelerator } from "@/lib/tensor/accelerator.ts";
import { explained } from "@/lib/tensor/out_of_memory.ts";
import { PjrtError } from "@/lib/tensor/pjrt/error.ts";

const RESOURCE_EXHAUSTED = 8;

/** An accelerator as far as it is asked, with a device of some memory. */
function acceleratorWith(memory: { inUse: number; limit?: number } | undefined): Accelerator {
  return { client: { memoryStats: () => memory }, devices: [{}] } as unknown as Accelerator;
}

const executable = {
  memory: { arguments: 3e9, outputs: 2e9, aliased: 1e9, temporary: 90e9, code: 0 },
};

function exhausted(memory: { inUse: number; limit?: number } | undefined, known: boolean) {
  return explained(
    acceleratorWith(memory),
    known ? executable as never : undefined,
    () =>
      Promise.reject(
        new PjrtError("RESOURCE_EXHAUSTED: Out of memory allocating 5", RESOURCE_EXHAUSTED),
      ),
  );
}

Deno.test("a device without enough memory is told with what it has, what is needed, and the remedy", async () => {
  await assert.rejects(exhausted({ inUse: 12e9, limit: 80e9 }, true), {
    name: "PjrtError",
    kind: "out of memory",
    message:
      "The device has not enough memory. It has 80 GB, of which 12 GB are in use. The function needs 94 GB. " +
      "A smaller batch fits. (RESOURCE_EXHAUSTED: Out of memory allocating 5)",
  });
  await assert.rejects(exhausted(undefined, false), {
    message:
      "The device has not enough memory. A smaller batch fits. (RESOURCE_EXHAUSTED: Out of memory allocating 5)",
  });
});

Deno.test("other errors of a device stay as they are", async () => {
  const error = new PjrtError("INTERNAL: broken", 13);
  const failing = explained(acceleratorWith(undefined), undefined, () => Promise.reject(error));
  await assert.rejects(failing, error);
});
