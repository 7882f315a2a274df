import { InputError } from "@/lib/base/errors.ts";

const PLANNED = ["wasm", "webgpu"];

/**
 * Refuses a backend that cannot be loaded, without loading anything.
 *
 * @returns The name.
 * @throws {InputError} For a name other than `tensorflow`; the planned ones are told from the unknown.
 */
export function checkBackendName(name: string): string {
  if (name === "tensorflow") return name;
  throw new InputError(
    "backend",
    PLANNED.includes(name)
      ? `"${name}" is planned but cannot be run yet`
      : `there is no backend "${name}"`,
    'Use "tensorflow"',
  );
}
