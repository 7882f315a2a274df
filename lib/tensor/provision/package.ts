import { InputError } from "@/lib/base/errors.ts";

/** A Python package whose wheel holds TensorFlow's shared libraries. */
export interface LibraryPackage {
  readonly name: string;
  readonly version: string;
  /** Any Python that the package has a wheel for: only the libraries are taken, not the Python code. */
  readonly pythonVersion: string;
  /** pip's name of the platform. */
  readonly platform: string;
  /** The library to open, then those that it needs beside it: paths in the wheel. */
  readonly libraries: readonly [string, ...string[]];
}

const VERSION = { version: "2.21.0", pythonVersion: "3.11" };

const PACKAGES: Readonly<Record<string, LibraryPackage>> = {
  "linux-x86_64": {
    ...VERSION,
    name: "tensorflow-cpu",
    platform: "manylinux_2_27_x86_64",
    libraries: ["tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2"],
  },
  "linux-aarch64": {
    ...VERSION,
    name: "tensorflow-cpu",
    platform: "manylinux_2_27_aarch64",
    libraries: ["tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2"],
  },
  "darwin-aarch64": {
    ...VERSION,
    name: "tensorflow",
    platform: "macosx_12_0_arm64",
    libraries: [
      "tensorflow/libtensorflow_cc.2.dylib",
      "tensorflow/libtensorflow_framework.2.dylib",
    ],
  },
};

/** What a person does who cannot have the library fetched. */
export const OWN_LIBRARY =
  "Or set TENSORFLOW_LIBRARY to the path of a libtensorflow_cc.so.2 that you have";

/**
 * The package for a machine.
 *
 * @param machine Operating system and processor, as Deno names them ("linux-x86_64"); this machine by default.
 * @throws {InputError} If TensorFlow publishes no library for it.
 */
export function packageFor(machine = `${Deno.build.os}-${Deno.build.arch}`): LibraryPackage {
  const found = PACKAGES[machine];
  if (found !== undefined) return found;
  throw new InputError(
    "TensorFlow's library",
    `there is no package with it for ${machine}, only for ${Object.keys(PACKAGES).join(", ")}`,
    `Use such a machine. ${OWN_LIBRARY}`,
  );
}
