import type { FailureKind } from "@/lib/base/errors.ts";
import { RESOURCE_EXHAUSTED } from "@/lib/tensor/pjrt/header.ts";

/**
 * An error that a plugin reported: its message is the first line of the plugin's words, and the next where that one ends
 * with a colon.
 */
export class PjrtError extends Error {
  override readonly name = "PjrtError";
  readonly kind: FailureKind;

  /**
   * @param words All that the plugin said.
   * @param code Its status code, `PJRT_Error_Code`.
   */
  constructor(readonly words: string, readonly code: number) {
    super(words.trim().replaceAll(":\n", ": ").split("\n")[0]!);
    // Where one of several devices has no memory, a plugin may give its words and another code.
    const isMemory = code === RESOURCE_EXHAUSTED || /\bout of memory\b/i.test(this.message);
    this.kind = isMemory ? "out of memory" : "bug";
  }
}
