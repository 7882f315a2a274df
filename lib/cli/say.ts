import { explained } from "@/lib/base/system_errors.ts";
import { writeOut } from "@/lib/base/write_out.ts";

/** Writes text to standard output as it is. */
export function write(text: string): void {
  try {
    writeOut(Deno.stdout, text);
  } catch (error) {
    throw explained(error, "Standard output");
  }
}

/** Writes a line to standard output. */
export function say(line: string): void {
  write(`${line}\n`);
}

/** Writes text to standard error: what is wrong. */
export function complain(text: string): void {
  writeOut(Deno.stderr, text);
}
