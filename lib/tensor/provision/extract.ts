import { InputError } from "@/lib/base/errors.ts";
import { type PythonOptions, runPython } from "@/lib/tensor/provision/python.ts";

/** Copies members of a zip file piece by piece; zipfile compares each with its checksum. */
const PROGRAM = `
import shutil, sys, zipfile
wheel, folder, *members = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for member in members:
        with archive.open(member) as source, open(folder + "/" + member.split("/")[-1], "wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
`;

/**
 * Takes files out of a wheel (a zip file) into a folder, each under its last name.
 *
 * @throws {InputError} If the wheel cannot be read or lacks one of them, or the disk is full.
 */
export async function extractMembers(
  wheel: string,
  folder: string,
  options: PythonOptions & { members: readonly string[] },
): Promise<void> {
  const { members, ...python } = options;
  const { ok, complaint } = await runPython(["-c", PROGRAM, wheel, folder, ...members], python);
  if (ok) return;
  throw new InputError(
    wheel,
    `TensorFlow's libraries could not be taken out of it: ${complaint.split("\n").at(-1)}`,
    "See that the disk has 2 GB free, and try again",
  );
}
