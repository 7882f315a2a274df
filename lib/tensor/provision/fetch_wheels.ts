import { InputError } from "@/lib/base/errors.ts";
import { sha256File } from "@/lib/base/sha256.ts";
import { type Address, downloadStubbornly, partPath } from "@/lib/tensor/provision/download.ts";
import { extractWheel } from "@/lib/tensor/provision/extract.ts";
import { isDiskError } from "@/lib/tensor/provision/disk.ts";
import type { Contents, FetchOptions } from "@/lib/tensor/provision/contents.ts";
import { askPip, pipDownload } from "@/lib/tensor/provision/pip.ts";
import { stageProgress, whileWatching } from "@/lib/tensor/provision/progress.ts";
import { downloadBytes, type Wheel } from "@/lib/tensor/provision/wheel.ts";

/** A wheel on this machine's disk. */
export interface FetchedWheel {
  readonly wheel: Wheel;
  readonly path: string;
  readonly name: string;
  readonly sha256: string;
}

/**
 * Fetches the wheels of a package.
 *
 * @throws {InputError} If Python, pip or a wheel is not to be had, with what to do.
 */
export async function fetchWheels(
  workshop: string,
  options: FetchOptions,
): Promise<readonly FetchedWheel[]> {
  const { environment, onProgress } = options;
  const { wheels } = options.package;
  const total = downloadBytes(options.package);
  onProgress({ stage: "ask", bytes: 0, total });
  const addresses = await askPip(wheels, { environment });
  const report = stageProgress(onProgress, "download");
  const fetched: FetchedWheel[] = [];
  let before = 0;
  for (const [i, wheel] of wheels.entries()) {
    const onBytes = (bytes: number) => report(before + bytes, total);
    onBytes(0);
    fetched.push(
      await fetchWheel(wheel, workshop, { environment, onBytes, address: addresses?.[i] }),
    );
    before += wheel.bytes;
  }
  return fetched;
}

interface WheelOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly address: Address | undefined;
  readonly onBytes: (bytes: number) => void;
}

async function fetchWheel(
  wheel: Wheel,
  workshop: string,
  options: WheelOptions,
): Promise<FetchedWheel> {
  const { address, onBytes } = options;
  if (address !== undefined) {
    const path = partPath(workshop, address);
    try {
      await downloadStubbornly(address, path, { onBytes });
      return { wheel, path, name: address.name, sha256: address.sha256 };
    } catch (error) {
      if (isDiskError(error)) throw error;
      // Not the end: pip knows ways that this process does not (certificates, passwords), and says why if it fails.
    }
  }
  return await fetchByPip(wheel, `${workshop}/${wheel.name}`, options);
}

async function fetchByPip(
  wheel: Wheel,
  folder: string,
  options: WheelOptions,
): Promise<FetchedWheel> {
  await Deno.mkdir(folder, { recursive: true });
  // pip writes to its temporary folder first; there its progress can be seen.
  const environment = { ...options.environment, TMPDIR: await Deno.realPath(folder) };
  await whileWatching(
    folder,
    options.onBytes,
    () => pipDownload(wheel, folder, { environment }),
  );
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".whl")) continue;
    const path = `${folder}/${name}`;
    return { wheel, path, name, sha256: await sha256File(path) };
  }
  throw new InputError("pip", "it reports success but left no wheel", "Try again");
}

/** Takes the files of wheels into a folder. */
export async function unpackWheels(
  wheels: readonly FetchedWheel[],
  folder: string,
  options: FetchOptions,
): Promise<Contents> {
  const { environment, onProgress } = options;
  const { installedBytes, version, wheels: [first] } = options.package;
  const report = stageProgress(onProgress, "extract");
  await whileWatching(folder, (bytes) => report(bytes, installedBytes), async () => {
    for (const { wheel, path } of wheels) {
      const files = wheel.files.map((file) => [file, `${folder}/${file}`] as const);
      await extractWheel(path, { files, environment });
    }
  });
  return {
    version,
    library: first.files[0],
    sources: wheels.map(({ name, sha256 }) => ({ name, sha256 })),
    files: wheels.flatMap(({ wheel }) => wheel.files),
  };
}
