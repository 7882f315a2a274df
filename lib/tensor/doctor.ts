import { InputError } from "@/lib/base/errors.ts";
import { searchGpus } from "@/lib/tensor/gpu.ts";
import { fastPrecisions } from "@/lib/tensor/hardware.ts";
import { libraryFromEnvironment } from "@/lib/tensor/library.ts";
import {
  type Check,
  checkBfloat16,
  checkDeno,
  checkGpu,
  checkMachine,
  checkMemory,
  checkPip,
  checkProcessor,
} from "@/lib/tensor/machine_checks.ts";
import { cacheFolder, inspectCache, type LibraryManifest } from "@/lib/tensor/provision/cache.ts";
import { packageFor } from "@/lib/tensor/provision/package.ts";
import {
  describePackage,
  type DeviceKind,
  type LibraryPackage,
} from "@/lib/tensor/provision/wheel.ts";
import { tryLibrary } from "@/lib/tensor/try_library.ts";
import { checkUntried } from "@/lib/tensor/untried.ts";

/** What this machine offers the tensor engine. */
export interface Diagnosis {
  readonly checks: readonly Check[];
}

/**
 * Looks at everything that the tensor engine needs, and runs one matrix product; fetches and changes nothing.
 */
export async function diagnose(): Promise<Diagnosis> {
  const found = searchGpus();
  const device = found.gpus.length > 0 ? "gpu" : "cpu";
  const { check: library, fromArchive = false } = await checkLibrary(device);
  return {
    checks: [
      checkDeno(),
      checkMachine(),
      checkMemory(),
      await checkProcessor(),
      checkGpu(found),
      checkBfloat16(await fastPrecisions({ device })),
      await checkPip(),
      library,
      await checkProduct(library, device),
      checkUntried({
        machine: `${Deno.build.os}-${Deno.build.arch}`,
        hasGpu: device === "gpu",
        fromArchive,
      }),
    ],
  };
}

/** Whether there is a sound library, and where it came from. */
interface LibraryFinding {
  readonly check: Check;
  readonly fromArchive?: boolean;
}

const LIBRARY = "TensorFlow's library";

async function checkLibrary(device: DeviceKind): Promise<LibraryFinding> {
  const own = libraryFromEnvironment();
  if (own !== undefined) return { check: await checkOwnLibrary(own) };
  try {
    return await checkCache(packageFor({ device }));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { problem, remedy } = error;
    return { check: { name: LIBRARY, state: "missing", detail: problem, remedy } };
  }
}

async function checkOwnLibrary(path: string): Promise<Check> {
  const info = await Deno.stat(path).catch(() => undefined);
  if (info?.isFile) {
    return { name: LIBRARY, state: "ok", detail: `${path}, from TENSORFLOW_LIBRARY` };
  }
  const detail = `TENSORFLOW_LIBRARY is "${path}", which is not a file`;
  return { name: LIBRARY, state: "broken", detail, remedy: "Correct or unset TENSORFLOW_LIBRARY" };
}

async function checkCache(wanted: LibraryPackage): Promise<LibraryFinding> {
  const folder = cacheFolder(wanted);
  const found = await inspectCache(folder, { hashes: true });
  switch (found.state) {
    case "ok":
      return checkManifest(found.manifest, wanted);
    case "missing": {
      const remedy = `None needed: the first run fetches it (${describePackage(wanted)})`;
      const detail = `not in ${folder}`;
      return { check: { name: LIBRARY, state: "missing", detail, remedy } };
    }
    case "broken": {
      const remedy = `Remove ${folder}; the next run fetches it again`;
      const detail = `${folder}: ${found.problem}`;
      return { check: { name: LIBRARY, state: "broken", detail, remedy } };
    }
  }
}

function checkManifest(manifest: LibraryManifest, wanted: LibraryPackage): LibraryFinding {
  const folder = cacheFolder(wanted);
  const fromArchive = manifest.version !== wanted.version;
  const detail = `${folder}/${manifest.library}, version ${manifest.version}, checksums agree`;
  const origin =
    `; from the archive, because version ${wanted.version} was not available: remove ` +
    `${folder} and run again where Python and pip are`;
  return {
    check: { name: LIBRARY, state: "ok", detail: fromArchive ? detail + origin : detail },
    fromArchive,
  };
}

async function checkProduct(library: Check, device: DeviceKind): Promise<Check> {
  const name = "64 x 64 matrix product";
  if (library.state !== "ok") {
    return { name, state: "missing", detail: "not tried: there is no working library" };
  }
  const { works, said } = await tryLibrary(device);
  if (works) return { name, state: "ok", detail: said };
  const others = device === "gpu" ? ", the CPU (device cpu)" : "";
  return {
    name,
    state: "broken",
    detail: said,
    remedy: `Try another library with TENSORFLOW_LIBRARY${others}, or another machine`,
  };
}
