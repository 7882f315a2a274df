import { InputError } from "@/lib/base/errors.ts";
import type { Address } from "@/lib/tensor/provision/download.ts";
import { type PythonOptions, runPython } from "@/lib/tensor/provision/python.ts";
import type { Wheel } from "@/lib/tensor/provision/wheel.ts";

/** Some indexes make pip fetch the whole wheel to answer; then it is better to let it do so in plain sight. */
const ASK_TIMEOUT = 60_000;

/**
 * Asks pip where wheels are, by a dry run of an installation.
 *
 * @param wheels All for the same Python.
 * @returns Their addresses in the same order; undefined where this pip cannot say (before 22.2, or for an index without
 *   checksums).
 * @throws {InputError} If there is no `python3`.
 */
export async function askPip(
  wheels: readonly Wheel[],
  options: PythonOptions = {},
): Promise<readonly Address[] | undefined> {
  const args = ["install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-"];
  // Older versions of pip take a foreign platform only together with a target folder, which a dry run does not touch.
  const target = ["--target", "unused"];
  const { ok, output } = await runPython(
    ["-m", "pip", ...args, ...target, ...selection(wheels)],
    { timeout: ASK_TIMEOUT, ...options },
  );
  if (!ok) return undefined;
  const found = parseReport(output);
  const addresses = wheels.map(({ name }) => found.get(name));
  return addresses.every((address) => address !== undefined) ? addresses : undefined;
}

/**
 * Has pip download the wheel of a package into a folder.
 *
 * @throws {InputError} If pip is missing, or finds no such wheel, with what it says.
 */
export async function pipDownload(
  wanted: Wheel,
  folder: string,
  options: PythonOptions = {},
): Promise<void> {
  const version = await runPython(["-m", "pip", "--version"], options);
  if (!version.ok) {
    throw new InputError(
      "python3",
      "it has no pip, with which libraries are fetched",
      'Install pip (a package "python3-pip" in most systems)',
    );
  }
  const { ok, complaint } = await runPython(
    ["-m", "pip", "download", "--quiet", "--dest", folder, ...selection([wanted])],
    options,
  );
  if (ok) return;
  throw new InputError(
    "pip",
    `it did not download ${wanted.name} ${wanted.version} for ${wanted.platform}:\n${complaint}`,
    "Mend what it complains of (network, proxy, index)",
  );
}

/** The wheels that are wanted, whatever Python and machine pip itself runs on. */
function selection(wheels: readonly Wheel[]): string[] {
  const platforms = new Set(wheels.map(({ platform }) => platform));
  return [
    "--no-deps",
    "--no-input",
    "--disable-pip-version-check",
    "--only-binary",
    ":all:",
    "--implementation",
    "cp",
    "--python-version",
    wheels[0]!.pythonVersion,
    ...[...platforms].flatMap((platform) => ["--platform", platform]),
    ...wheels.map(({ name, version }) => `${name}==${version}`),
  ];
}

/** The part of pip's installation report that says where wheels are. */
interface PipReport {
  readonly install?: readonly {
    readonly metadata?: { readonly name?: string };
    readonly download_info?: {
      readonly url?: string;
      readonly archive_info?: {
        readonly hash?: string;
        readonly hashes?: { readonly sha256?: string };
      };
    };
  }[];
}

function parseReport(text: string): Map<string, Address> {
  const addresses = new Map<string, Address>();
  let report: PipReport;
  try {
    report = JSON.parse(text) as PipReport;
  } catch {
    return addresses;
  }
  for (const { metadata, download_info: found } of report.install ?? []) {
    const archive = found?.archive_info;
    const sha256 = archive?.hashes?.sha256 ?? archive?.hash?.match(/^sha256=(.+)$/)?.[1];
    const packageName = metadata?.name?.toLowerCase().replaceAll(/[-_.]+/g, "-");
    if (packageName === undefined || found?.url === undefined || sha256 === undefined) continue;
    const name = decodeURIComponent(new URL(found.url).pathname.split("/").at(-1) ?? "");
    addresses.set(packageName, { url: found.url, name, sha256 });
  }
  return addresses;
}
