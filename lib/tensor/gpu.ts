/** An NVIDIA GPU. */
export interface Gpu {
  readonly name: string;
  /** CUDA's compute capability, such as 8.6; from 8.0 on its tensor cores know bfloat16. */
  readonly computeCapability: number;
  readonly memoryBytes: number;
}

/** The GPUs that NVIDIA's driver shows; `problem` says why there are none. */
export interface GpuSearch {
  readonly gpus: readonly Gpu[];
  /** The newest CUDA that the driver knows, such as 12.4. */
  readonly driver?: number;
  readonly problem?: string;
}

/** The functions of NVIDIA's driver that are called; each returns 0 where all is well. */
const DRIVER = {
  cuInit: { parameters: ["u32"], result: "i32" },
  cuDriverGetVersion: { parameters: ["buffer"], result: "i32" },
  cuDeviceGetCount: { parameters: ["buffer"], result: "i32" },
  cuDeviceGet: { parameters: ["buffer", "i32"], result: "i32" },
  cuDeviceGetName: { parameters: ["buffer", "i32", "i32"], result: "i32" },
  cuDeviceGetAttribute: { parameters: ["buffer", "i32", "i32"], result: "i32" },
  cuDeviceTotalMem_v2: { parameters: ["buffer", "i32"], result: "i32" },
} as const;

type Driver = Deno.StaticForeignLibraryInterface<typeof DRIVER>;

/** `CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR` and `..._MINOR`. */
const CAPABILITY_MAJOR = 75, CAPABILITY_MINOR = 76;

/** `CUDA_ERROR_NO_DEVICE`. */
const NO_DEVICE = 100;

/** CUDA 12.0, with which a driver can run every library of CUDA 12. */
const OLDEST_CUDA = 12_000;

/**
 * Asks NVIDIA's driver for its GPUs. Nothing is run on them, and no memory of theirs is taken.
 *
 * @param library The driver's library.
 */
export function searchGpus(library = "libcuda.so.1"): GpuSearch {
  if (Deno.build.os !== "linux") return none("NVIDIA's GPUs are used only on Linux");
  let driver: Driver;
  try {
    driver = Deno.dlopen(library, DRIVER).symbols;
  } catch {
    return none(whyNoDriver());
  }
  const started = driver.cuInit(0);
  if (started === NO_DEVICE) return none("NVIDIA's driver sees no GPU");
  if (started !== 0) return none(`NVIDIA's driver does not start (its error ${started})`);
  const cuda = readNumber((out) => driver.cuDriverGetVersion(out));
  if (cuda < OLDEST_CUDA) {
    return none(
      `NVIDIA's driver is too old: it knows CUDA ${versionOf(cuda).toFixed(1)}, and 12.0 is needed`,
    );
  }
  const count = readNumber((out) => driver.cuDeviceGetCount(out));
  if (count === 0) return none("NVIDIA's driver sees no GPU");
  const gpus = Array.from({ length: count }, (_, index) => describeGpu(driver, index));
  return { gpus, driver: versionOf(cuda) };
}

/** 12040 is CUDA 12.4. */
function versionOf(cuda: number): number {
  return Math.floor(cuda / 1000) + cuda % 1000 / 100;
}

function none(problem: string): GpuSearch {
  return { gpus: [], problem };
}

function whyNoDriver(): string {
  try {
    Deno.statSync("/proc/driver/nvidia/version");
  } catch {
    return "no NVIDIA driver was found";
  }
  // So it looks in a container that was started without access to the GPU.
  return "NVIDIA's driver runs, but its library libcuda.so.1 is not to be found here";
}

function describeGpu(driver: Driver, index: number): Gpu {
  const device = readNumber((out) => driver.cuDeviceGet(out, index));
  const attribute = (which: number) =>
    readNumber((out) => driver.cuDeviceGetAttribute(out, which, device));
  const name = new Uint8Array(256);
  driver.cuDeviceGetName(name, name.length, device);
  const memory = new BigUint64Array(1);
  driver.cuDeviceTotalMem_v2(memory, device);
  return {
    name: new TextDecoder().decode(name.subarray(0, name.indexOf(0))),
    computeCapability: attribute(CAPABILITY_MAJOR) + attribute(CAPABILITY_MINOR) / 10,
    memoryBytes: Number(memory[0]),
  };
}

/** The int that a function of the driver writes. */
function readNumber(call: (out: Int32Array<ArrayBuffer>) => number): number {
  const out = new Int32Array(1);
  call(out);
  return out[0]!;
}
