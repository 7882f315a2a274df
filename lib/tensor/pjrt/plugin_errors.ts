import { InputError } from "@/lib/base/errors.ts";
import { PjrtError } from "@/lib/tensor/pjrt/error.ts";

/** The error of a file that is no plugin for this machine, or not for this program. */
export function unusablePlugin(path: string, why: string, options?: ErrorOptions): InputError {
  return new InputError(
    "PJRT plugin",
    `${path} cannot be used: ${why}`,
    "Set PJRT_PLUGIN to one for this machine, or compute on the CPU (--device cpu)",
    { kind: "machine", ...options },
  );
}

/** The error of a plugin that can be opened and does not start; what is no error of the plugin's, as it is. */
export function notStarted(path: string, error: unknown): unknown {
  if (!(error instanceof PjrtError)) return error;
  return new InputError(
    "PJRT plugin",
    `${path} does not start: ${error.message.replace(/[.:\s]+$/, "")}`,
    "See that its device is there and free and its driver is new enough, or compute on the CPU (--device cpu)",
    { kind: "machine", cause: error },
  );
}
