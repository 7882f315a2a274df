import { InputError } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";

const NAMES = ["tensorflow", "wasm", "webgpu"] as const;

/** A backend that `loadBackend()` can load. */
export type BackendName = typeof NAMES[number];

/**
 * Refuses a backend that there is not, without loading anything.
 *
 * @returns The name.
 * @throws {InputError} For a name other than `tensorflow`, `wasm` and `webgpu`.
 */
export function checkBackendName(name: string): BackendName {
  const known = NAMES.find((one) => one === name);
  if (known !== undefined) return known;
  const quoted = NAMES.map((one) => `"${one}"`);
  throw new InputError(
    "backend",
    `there is no backend "${name}"`,
    `${didYouMean(name, NAMES)}Use ${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`,
  );
}

/** What a person should be told, once, before a long run on a backend other than TensorFlow. */
export function fallbackNotice(name: BackendName): string {
  return `The backend "${name}" runs each operation by itself, without TensorFlow: the same results but for rounding, ` +
    "at a fraction of the speed";
}
