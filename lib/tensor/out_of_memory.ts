import { bytesText } from "@/lib/base/bytes_text.ts";
import type { Accelerator } from "@/lib/tensor/accelerator.ts";
import { PjrtError } from "@/lib/tensor/pjrt/error.ts";
import type { Executable } from "@/lib/tensor/pjrt/executable.ts";

/**
 * Runs `body`; where a device has not the memory for it, the error says what there is and what is needed.
 *
 * @param executable What is called, if that is known.
 */
export async function explained<T>(
  accelerator: Accelerator,
  executable: Executable | undefined,
  body: () => Promise<T>,
): Promise<T> {
  try {
    return await body();
  } catch (error) {
    throw explain(accelerator, executable, error);
  }
}

/** The error of a device that has not the memory, as {@linkcode explained} has it; any other as it is. */
export function explain(
  { client, devices }: Accelerator,
  executable: Executable | undefined,
  error: unknown,
): unknown {
  if (!(error instanceof PjrtError) || error.kind !== "out of memory") return error;
  const memory = client.memoryStats(devices[0]);
  const has = memory?.limit === undefined
    ? ""
    : ` It has ${bytesText(memory.limit)}, of which ${bytesText(memory.inUse)} are in use.`;
  const needs = executable?.memory;
  const wants = needs === undefined
    ? ""
    : ` The function needs ${
      bytesText(needs.arguments + needs.outputs + needs.temporary - needs.aliased)
    }.`;
  return new PjrtError(
    `The device has not enough memory.${has}${wants} A smaller batch fits. (${error.message})`,
    error.code,
  );
}
