import { InputError } from "@/lib/base/errors.ts";
import type { Archive, LibraryPackage, Wheel } from "@/lib/tensor/provision/wheel.ts";

const VERSION = "2.21.0", PYTHON_VERSION = "3.11";

/** The last version but one whose C library TensorFlow's makers published by itself, and the last that they document. */
const ARCHIVE_VERSION = "2.18.0";

/** Where they published it. */
const ARCHIVES = "https://storage.googleapis.com/tensorflow/versions";

const LINUX_FILES = [
  "tensorflow/libtensorflow_cc.so.2",
  "tensorflow/libtensorflow_framework.so.2",
] as const;

const MAC_FILES = [
  "tensorflow/libtensorflow_cc.2.dylib",
  "tensorflow/libtensorflow_framework.2.dylib",
] as const;

/** What differs from machine to machine. */
type Described = Pick<LibraryPackage, "wheels" | "installedBytes" | "archive">;

type Packages = Readonly<Record<string, () => Described>>;

const PACKAGES: Packages = {
  "linux-x86_64": () => ({
    wheels: [
      tensorflow("tensorflow-cpu", {
        platform: "manylinux_2_27_x86_64",
        bytes: 273_829_956,
        files: LINUX_FILES,
      }),
    ],
    installedBytes: 853_308_936,
    archive: archive("libtensorflow-cpu-linux-x86_64", {
      sha256: "605bfcb370c7e7ec981eabada880f60784e3de018395be95c95c3e5592c3d9a2",
      files: ["libtensorflow.so.2", "libtensorflow_framework.so.2"],
    }),
  }),
  // For the next two there is no tensorflow-cpu; their package tensorflow computes on the CPU.
  "linux-aarch64": () => ({
    wheels: [
      tensorflow("tensorflow", {
        platform: "manylinux_2_27_aarch64",
        bytes: 281_828_020,
        files: LINUX_FILES,
      }),
    ],
    installedBytes: 883_062_208,
  }),
  "darwin-aarch64": () => ({
    wheels: [
      tensorflow("tensorflow", {
        platform: "macosx_12_0_arm64",
        bytes: 223_405_849,
        files: MAC_FILES,
      }),
    ],
    installedBytes: 740_805_624,
    archive: archive("libtensorflow-cpu-darwin-arm64", {
      sha256: "462257d2792730dcb131fcf21bc826192ae5a2c418535f6347d051f10fc8be8a",
      files: ["libtensorflow.2.dylib", "libtensorflow_framework.2.dylib"],
    }),
  }),
};

/** What a person does who cannot have the library fetched. */
const OWN_LIBRARY =
  "Or set TENSORFLOW_LIBRARY to the path of a libtensorflow_cc.so.2 that you have";

/**
 * TensorFlow's package for a machine, which computes on its CPU.
 *
 * @param machine Operating system and processor, as Deno names them ("linux-x86_64"); this machine by default.
 * @throws {InputError} If TensorFlow publishes no library for it.
 */
export function packageFor(machine = `${Deno.build.os}-${Deno.build.arch}`): LibraryPackage {
  const found = PACKAGES[machine];
  if (found !== undefined) {
    const about = { name: "tensorflow", target: "cpu", version: VERSION } as const;
    return { title: "TensorFlow's library", ...about, ...found(), instead: OWN_LIBRARY };
  }
  throw new InputError(
    "TensorFlow's library",
    `there is no package with it for ${machine}, only for ${Object.keys(PACKAGES).join(", ")}`,
    `Use such a machine. ${OWN_LIBRARY}`,
  );
}

function tensorflow(name: string, rest: Pick<Wheel, "platform" | "bytes" | "files">): Wheel {
  return { name, version: VERSION, pythonVersion: PYTHON_VERSION, ...rest };
}

/** `WHEN_CONTRASTIVE_ARCHIVES` may name a mirror: an address under which the same folders lie. */
function archive(name: string, rest: Pick<Archive, "sha256" | "files">): Archive {
  const base = Deno.env.get("WHEN_CONTRASTIVE_ARCHIVES") || ARCHIVES;
  return { version: ARCHIVE_VERSION, url: `${base}/${ARCHIVE_VERSION}/${name}.tar.gz`, ...rest };
}
