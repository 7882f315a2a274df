import { runPython } from "@/lib/tensor/provision/python.ts";
import type { LibraryPackage, Wheel } from "@/lib/tensor/provision/wheel.ts";

const FILES = {
  "tiny/libfirst.so": "first ".repeat(20000),
  "tiny/libsecond.so": "second",
};

/** A wheel like TensorFlow's, of some kilobytes. */
export const FAKE_WHEEL: Wheel = {
  name: "tiny-library",
  version: "1.0",
  pythonVersion: "3.11",
  platform: "manylinux_2_27_x86_64",
  bytes: 121_000,
  files: ["tiny/libfirst.so", "tiny/libsecond.so"],
};

/** A package of that wheel alone. */
export const FAKE_PACKAGE: LibraryPackage = {
  title: "TensorFlow's library",
  name: "tensorflow",
  target: "cpu",
  version: "1.0",
  wheels: [FAKE_WHEEL],
  installedBytes: 120_006,
  instead: "Or set TENSORFLOW_LIBRARY to the path of a libtensorflow_cc.so.2 that you have",
};

export const WHEEL_NAME = wheelName(FAKE_WHEEL);

/** What the wheel's files hold, by their paths. */
export const CONTENT: Readonly<Record<string, string>> = FILES;

const PROGRAM = `
import json, sys, zipfile
path, name, version, tag, files = sys.argv[1:]
with zipfile.ZipFile(path, "w") as wheel:
    for file, text in json.loads(files).items():
        wheel.writestr(file, text)
    info = name.replace("-", "_") + "-" + version + ".dist-info/"
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: " + name + "\\nVersion: " + version + "\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: false\\nTag: " + tag + "\\n")
    wheel.writestr(info + "RECORD", "")
`;

/** Writes a wheel into a folder: what `describe` says, with these files in it. */
export async function writeFakeWheel(
  folder: string,
  describe: Wheel = FAKE_WHEEL,
  { files = CONTENT }: { files?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const { name, version } = describe;
  const path = `${folder}/${wheelName(describe)}`;
  const { ok, complaint } = await runPython(
    ["-c", PROGRAM, path, name, version, tagOf(describe), JSON.stringify(files)],
  );
  if (!ok) throw new Error(complaint);
  return path;
}

function wheelName(wheel: Wheel): string {
  return `${wheel.name.replaceAll("-", "_")}-${wheel.version}-${tagOf(wheel)}.whl`;
}

function tagOf({ pythonVersion, platform }: Wheel): string {
  const python = `cp${pythonVersion.replace(".", "")}`;
  return `${python}-${python}-${platform}`;
}

/** Variables under which pip knows nothing but the wheels in a folder. */
export function onlyFrom(folder: string): Record<string, string> {
  return { PIP_NO_INDEX: "1", PIP_FIND_LINKS: folder, PIP_CONFIG_FILE: "/dev/null" };
}

/** Variables with a `python3` of this text at the front of the PATH. */
export async function fakePython(folder: string, script: string): Promise<Record<string, string>> {
  await Deno.mkdir(`${folder}/bin`, { recursive: true });
  await Deno.writeTextFile(`${folder}/bin/python3`, script, { mode: 0o755 });
  return { PATH: `${folder}/bin:${Deno.env.get("PATH")}` };
}

/** Names in a folder, in order. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
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
