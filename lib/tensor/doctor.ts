import { InputError } from "@/lib/base/errors.ts";
import { searchGpus } from "@/lib/tensor/gpu.ts";
import { lookForPlugin, type PluginDevice, pluginFromEnvironment } from "@/lib/tensor/plugin.ts";
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
import { describePackage, type LibraryPackage } from "@/lib/tensor/provision/wheel.ts";
import { tryLibrary, tryPlugin } from "@/lib/tensor/trial.ts";
import { checkUntried } from "@/lib/tensor/untried.ts";

/** What this machine offers the tensor engine. */
export interface Diagnosis {
  readonly checks: readonly Check[];
}

/**
 * Looks at everything that the tensor engine needs, and runs a matrix product on each device; fetches and changes nothing.
 */
export async function diagnose(): Promise<Diagnosis> {
  const found = searchGpus();
  const { check: library, fromArchive = false } = await checkLibrary();
  return {
    checks: [
      checkDeno(),
      checkMachine(),
      checkMemory(),
      await checkProcessor(),
      checkGpu(found),
      checkBfloat16(await fastPrecisions()),
      await checkPip(),
      library,
      await checkProduct(library),
      ...await checkPlugins(),
      checkUntried({
        machine: `${Deno.build.os}-${Deno.build.arch}`,
        hasGpu: found.gpus.length > 0,
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

async function checkLibrary(): Promise<LibraryFinding> {
  const own = libraryFromEnvironment();
  if (own !== undefined) return { check: await checkOwnLibrary(own) };
  try {
    return await checkCache(packageFor());
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

async function checkProduct(library: Check): Promise<Check> {
  const name = "64 x 64 matrix product";
  if (library.state !== "ok") {
    return { name, state: "missing", detail: "not tried: there is no working library" };
  }
  const { works, said } = await tryLibrary();
  if (works) return { name, state: "ok", detail: said };
  const remedy = "Try another library with TENSORFLOW_LIBRARY, or another machine";
  return { name, state: "broken", detail: said, remedy };
}

/** The plugin of each device that there is, or has been, a use for here. */
async function checkPlugins(): Promise<readonly Check[]> {
  // It is for one device, whichever that is.
  if (pluginFromEnvironment() !== undefined) return await checkPlugin("gpu");
  const checks: Check[] = [];
  for (const device of ["gpu", "tpu", "xla-cpu"] as const) {
    checks.push(...await checkPlugin(device));
  }
  return checks;
}

async function checkPlugin(device: PluginDevice): Promise<readonly Check[]> {
  const own = pluginFromEnvironment();
  const name = own === undefined ? `PJRT plugin for ${device}` : "PJRT plugin";
  let look;
  try {
    look = await lookForPlugin(device);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { problem, remedy } = error;
    // That there is no GPU, or no package for this machine, is no news to whoever asks for none.
    return own === undefined && (device !== "gpu" || searchGpus().gpus.length === 0)
      ? []
      : [{ name, state: "broken", detail: problem, remedy }];
  }
  if ("wanted" in look) {
    const remedy = `None needed: the first run fetches it (${describePackage(look.wanted)})`;
    const detail = `not in ${cacheFolder(look.wanted)}`;
    return device === "gpu" ? [{ name, state: "missing", detail, remedy }] : [];
  }
  const { plugin } = look, { path, origin } = plugin;
  const { works, said } = await tryPlugin(plugin, own === undefined ? device : undefined);
  const remedy = "Try another with PJRT_PLUGIN, or the CPU (--device cpu)";
  return [
    { name, state: "ok", detail: `${path}, from ${origin}` },
    {
      name: own === undefined ? `matrix product on ${device}` : "matrix product by it",
      state: works ? "ok" : "broken",
      detail: said,
      remedy,
    },
  ];
}
