import type { LibraryPackage } from "@/lib/tensor/provision/package.ts";
import { runPython } from "@/lib/tensor/provision/python.ts";

/** A package like TensorFlow's, of some kilobytes. */
export const FAKE_PACKAGE: LibraryPackage = {
  name: "tiny-library",
  version: "1.0",
  pythonVersion: "3.11",
  platform: "manylinux_2_27_x86_64",
  libraries: ["tiny/libfirst.so", "tiny/libsecond.so"],
};

export const WHEEL_NAME = "tiny_library-1.0-cp311-cp311-manylinux_2_27_x86_64.whl";

/** What the two libraries in the wheel hold. */
export const CONTENT = { "libfirst.so": "first ".repeat(20000), "libsecond.so": "second" };

const PROGRAM = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    wheel.writestr("tiny/libfirst.so", "first " * 20000)
    wheel.writestr("tiny/libsecond.so", "second")
    info = "tiny_library-1.0.dist-info/"
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: tiny-library\\nVersion: 1.0\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: false\\nTag: cp311-cp311-manylinux_2_27_x86_64\\n")
    wheel.writestr(info + "RECORD", "")
`;

/** Writes the wheel into a folder. */
export async function writeFakeWheel(folder: string): Promise<string> {
  const path = `${folder}/${WHEEL_NAME}`;
  const { ok, complaint } = await runPython(["-c", PROGRAM, path]);
  if (!ok) throw new Error(complaint);
  return path;
}

/** Variables under which pip knows nothing but the wheels in a folder. */
export function onlyFrom(folder: string): Record<string, string> {
  return { PIP_NO_INDEX: "1", PIP_FIND_LINKS: folder, PIP_CONFIG_FILE: "/dev/null" };
}

/** Runs a test in a folder of its own, which is removed afterwards. */
export async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
