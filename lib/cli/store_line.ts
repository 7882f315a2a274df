import type { FoundStore } from "@/lib/store/mod.ts";

/** Which store a command is about, in a line. */
export function storeLine({ root, made }: FoundStore): string {
  return `store: ${root}${made ? "" : ", not there yet"}`;
}
