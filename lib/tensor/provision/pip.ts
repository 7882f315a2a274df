import { InputError } from "@/lib/base/errors.ts";
import { type LibraryPackage, OWN_LIBRARY } from "@/lib/tensor/provision/package.ts";
import { type PythonOptions, runPython } from "@/lib/tensor/provision/python.ts";

/** Where a wheel is, according to pip. */
export interface WheelAddress {
  readonly url: string;
  readonly name: string;
  readonly sha256: string;
}

/** Some indexes make pip fetch the whole wheel to answer; then it is better to let it do so in plain sight. */
const ASK_TIMEOUT = 60_000;

/**
 * Asks pip where the wheel of a package is, by a dry run of an installation.
 *
 * @returns Undefined where this pip cannot say (before 22.2, or for an index without checksums).
 * @throws {InputError} If there is no `python3`.
 */
export async function askPip(
  wanted: LibraryPackage,
  options: PythonOptions = {},
): Promise<WheelAddress | undefined> {
  const args = ["install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-"];
  // Older versions of pip take a foreign platform only together with a target folder, which a dry run does not touch.
  const target = ["--target", "unused"];
  const { ok, output } = await runPython(
    ["-m", "pip", ...args, ...target, ...selection(wanted)],
    { timeout: ASK_TIMEOUT, ...options },
  );
  return ok ? parseReport(output) : undefined;
}

/**
 * Has pip download the wheel of a package into a folder.
 *
 * @throws {InputError} If pip is missing, or finds no such wheel, with what it says.
 */
export async function pipDownload(
  wanted: LibraryPackage,
  folder: string,
  options: PythonOptions = {},
): Promise<void> {
  const version = await runPython(["-m", "pip", "--version"], options);
  if (!version.ok) {
    throw new InputError(
      "python3",
      "it has no pip, with which TensorFlow's library is fetched",
      `Install pip (a package "python3-pip" in most systems). ${OWN_LIBRARY}`,
    );
  }
  const { ok, complaint } = await runPython(
    ["-m", "pip", "download", "--quiet", "--dest", folder, ...selection(wanted)],
    options,
  );
  if (ok) return;
  throw new InputError(
    "pip",
    `it did not download ${wanted.name} ${wanted.version} for ${wanted.platform}:\n${complaint}\n`,
    `Mend what it complains of (network, proxy, index). ${OWN_LIBRARY}`,
  );
}

/** The one wheel that is wanted, whatever Python and machine pip itself runs on. */
function selection(wanted: LibraryPackage): string[] {
  return [
    "--no-deps",
    "--no-input",
    "--disable-pip-version-check",
    "--only-binary",
    ":all:",
    "--implementation",
    "cp",
    "--python-version",
    wanted.pythonVersion,
    "--platform",
    wanted.platform,
    `${wanted.name}==${wanted.version}`,
  ];
}

/** The part of pip's installation report that says where a wheel is. */
interface PipReport {
  readonly install?: readonly {
    readonly download_info?: {
      readonly url?: string;
      readonly archive_info?: {
        readonly hash?: string;
        readonly hashes?: { readonly sha256?: string };
      };
    };
  }[];
}

function parseReport(text: string): WheelAddress | undefined {
  let report: PipReport;
  try {
    report = JSON.parse(text) as PipReport;
  } catch {
    return undefined;
  }
  const found = report.install?.[0]?.download_info;
  const archive = found?.archive_info;
  const sha256 = archive?.hashes?.sha256 ?? archive?.hash?.match(/^sha256=(.+)$/)?.[1];
  if (found?.url === undefined || sha256 === undefined) return undefined;
  const name = decodeURIComponent(new URL(found.url).pathname.split("/").at(-1) ?? "");
  return { url: found.url, name, sha256 };
}
