import { InputError } from "@/lib/base/errors.ts";
import { OWN_LIBRARY } from "@/lib/tensor/provision/package.ts";

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
  /** Milliseconds after which it is ended; none by default. */
  readonly timeout?: number;
}

/**
 * Runs `python3` to its end.
 *
 * @throws {InputError} If there is no `python3`.
 */
export async function runPython(
  args: readonly string[],
  options: PythonOptions = {},
): Promise<PythonResult> {
  const { environment, timeout } = options;
  const signal = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  try {
    const { success, stdout, stderr } = await new Deno.Command("python3", {
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
      "it is not on the PATH, and TensorFlow's library is fetched with its pip",
      `Install Python 3 and pip. ${OWN_LIBRARY}`,
    );
  }
}
