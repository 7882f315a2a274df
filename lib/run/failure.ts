import { type FailureKind, InputError, messageOf } from "@/lib/base/errors.ts";
import { explained } from "@/lib/base/system_errors.ts";
import { batchSettingsText, type Step, withSmallerBatch } from "@/lib/plan/mod.ts";
import { PjrtError } from "@/lib/tensor/pjrt/error.ts";
import { TensorFlowError } from "@/lib/tensor/runtime.ts";
import { NonFiniteLossError } from "@/lib/train/non_finite_loss.ts";

/** Why a step could not be worked. */
export interface Failure {
  readonly kind: FailureKind;
  /** For a bug, where it is; for all else, what to do. */
  readonly message: string;
  /** The end of what its process wrote, where there is more than the message. */
  readonly log?: string;
}

/**
 * What an error is to the person at the keyboard.
 *
 * @param place What is in trouble where an error of the system does not say: the store.
 */
export function failureOf(thrown: unknown, place: string): Failure {
  const error = explained(thrown, place);
  const message = messageOf(error);
  const kind = kindOf(error);
  if (kind !== "bug") return { kind, message };
  if (/\bOOM\b|out of memory|allocation failed/i.test(message)) {
    return { kind: "out of memory", message };
  }
  return { kind: "bug", message: error instanceof Error ? error.stack ?? message : message };
}

function kindOf(error: unknown): FailureKind {
  const told = error instanceof InputError || error instanceof NonFiniteLossError ||
    error instanceof TensorFlowError || error instanceof PjrtError;
  return told ? error.kind : "bug";
}

/** The failure of a step; of a training that found too little memory with the batch to try. */
export function failureIn(step: Step, failure: Failure): Failure {
  const smaller = failure.kind === "out of memory" ? withSmallerBatch(step) : undefined;
  if (smaller === undefined) return failure;
  const remedy = `Give it training: { ${batchSettingsText(smaller)} } in its experiment`;
  return { ...failure, message: `${failure.message.replace(/[.\s]+$/, "")}. ${remedy}` };
}

/**
 * A failure with what its process wrote last; of a process that ended with an error of its own, that error.
 *
 * @param written The last lines.
 */
export function failureWith(
  { type, kind, message }: Failure & { readonly type: "died" | "failed" },
  written: string,
): Failure {
  const error = type === "died" && kind === "bug" ? uncaughtIn(written) : undefined;
  if (error !== undefined) return { kind, message: `its worker process ended: ${error}` };
  return { kind, message, ...written !== "" && { log: written } };
}

/** The error with which Deno ended a process: what, and the first place that it names. */
function uncaughtIn(written: string): string | undefined {
  const lines = /^error: ([^]*)$/m.exec(written)?.[1]?.split("\n");
  const first = lines?.findIndex((line) => /^ +at /.test(line)) ?? -1;
  return lines?.slice(0, first === -1 ? lines.length : first + 1).join("\n").trim();
}

/** Whether every other step would fail for the same reason, so that there is no sense in beginning one. */
export function endsRun({ kind }: Failure): boolean {
  return kind === "disk full" || kind === "machine";
}
