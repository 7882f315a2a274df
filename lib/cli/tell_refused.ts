import type { InputError } from "@/lib/base/errors.ts";
import { complain } from "@/lib/cli/say.ts";

/** Says at once what is wrong with data that was not allowed; the command ends as it does for wrong input. */
export function tellRefused({ message }: InputError): void {
  Deno.exitCode = 2;
  complain(`error: ${message}. All that reads it is left out\n`);
}
