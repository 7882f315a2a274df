import { InputError } from "@/lib/base/errors.ts";

/** What a run of Python gave. */
export interface PythonResult {
  readonly ok: boolean;
  readonly output: string;
  /** The last lines of its standard error. */
  readonly complaint: string;
}

/** How Python is run. */
export interface PythonOptions {
  /** Variables set besides those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Which one; `python3` of the PATH by default. */
  readonly python?: string;
  /** Milliseconds after which it is ended; none by default. */
  readonly timeout?: number;
}

/**
 * Runs Python to its end.
 *
 * @throws {InputError} If there is none.
 */
export async function runPython(
  args: readonly string[],
  options: PythonOptions = {},
): Promise<PythonResult> {
  const { environment, timeout, python = "python3" } = options;
  const signal = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  try {
    const { success, stdout, stderr } = await new Deno.Command(python, {
      args: [...args],
      stdin: "null",
      ...(environment === undefined ? {} : { env: environment }),
      ...(signal === undefined ? {} : { signal }),
    }).output();
    const complaint = new TextDecoder().decode(stderr).trim().split("\n").slice(-4).join("\n");
    return { ok: success, output: new TextDecoder().decode(stdout), complaint };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(
      "python3",
      "it is not on the PATH, and libraries are fetched with its pip",
      "Install Python 3 and pip",
    );
  }
}
