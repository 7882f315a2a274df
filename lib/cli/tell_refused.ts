import type { InputError } from "@/lib/base/errors.ts";

/** Says at once what is wrong with data that was not let pass; the command ends as it does for wrong input. */
export function tellRefused({ message }: InputError): void {
  Deno.exitCode = 2;
  // deno-lint-ignore no-console -- this is the command's own voice
  console.error(`error: ${message}. What reads it is left out`);
}
