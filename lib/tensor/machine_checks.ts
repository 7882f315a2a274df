import { bytesText } from "@/lib/base/bytes_text.ts";
import { InputError } from "@/lib/base/errors.ts";
import { memory } from "@/lib/base/memory.ts";
import type { GpuSearch } from "@/lib/tensor/gpu.ts";
import { type FastPrecisions, readProcessor } from "@/lib/tensor/hardware.ts";
import { packageFor } from "@/lib/tensor/provision/package.ts";
import { runPython } from "@/lib/tensor/provision/python.ts";

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  /** `untried`: nothing is known to be wrong with it, but this project's makers had no way to try it. */
  readonly state: "ok" | "missing" | "broken" | "untried";
  readonly detail: string;
  /** What to do, where something is not well. */
  readonly remedy?: string;
}

/** Deno's version. */
export function checkDeno(): Check {
  const { deno, v8, typescript } = Deno.version;
  return { name: "Deno", state: "ok", detail: `${deno} (V8 ${v8}, TypeScript ${typescript})` };
}

/** Operating system, processor family and cores; whether TensorFlow is published for them. */
export function checkMachine(): Check {
  const cores = navigator.hardwareConcurrency;
  const detail = `${Deno.build.os} ${Deno.build.arch}, ${cores} core${cores === 1 ? "" : "s"}`;
  try {
    packageFor();
    return { name: "machine", state: "ok", detail };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { name: "machine", state: "missing", detail: error.problem, remedy: error.remedy };
  }
}

/** Free and whole memory. */
export function checkMemory(): Check {
  const { total, available } = memory();
  const detail = `${bytesText(available)} of ${bytesText(total)} free`;
  return { name: "memory", state: "ok", detail };
}

/** Instruction sets, widest first, with what Linux calls them. */
const INSTRUCTIONS: readonly (readonly [string, string])[] = [
  ["AVX-512", "avx512f"],
  ["AVX2", "avx2"],
  ["AVX", "avx"],
];

/** The processor's widest vector instructions, where they can be read. */
export async function checkProcessor(): Promise<Check> {
  const name = "processor";
  const processor = await readProcessor();
  if (processor === undefined) {
    return { name, state: "ok", detail: `${Deno.build.arch}; its instructions are not listed` };
  }
  const { model, flags } = processor;
  const widest = INSTRUCTIONS.find(([, flag]) => flags.has(flag));
  if (widest !== undefined) return { name, state: "ok", detail: `${model} with ${widest[0]}` };
  return {
    name,
    state: "broken",
    detail: `${model} has no AVX, which TensorFlow's package needs`,
    remedy: "Use another machine, or set TENSORFLOW_LIBRARY to a library built for this one",
  };
}

/** The GPUs that there are, the first of which is used by default. */
export function checkGpu({ gpus, driver, problem }: GpuSearch): Check {
  const name = "GPU";
  if (gpus.length === 0) {
    return {
      name,
      state: "missing",
      detail: problem ?? "there is none",
      remedy: "None needed: TensorFlow computes on the CPU",
    };
  }
  const names = gpus.map((gpu) =>
    `${gpu.name} (compute capability ${gpu.computeCapability.toFixed(1)}, ${
      bytesText(gpu.memoryBytes)
    })`
  );
  const version = driver === undefined ? "" : `; the driver knows CUDA ${driver.toFixed(1)}`;
  return { name, state: "ok", detail: `${names.join(", ")}; used by default${version}` };
}

/** Whether bfloat16 is worth while on this machine. */
export function checkBfloat16({ bfloat16, reason }: FastPrecisions): Check {
  const advice = {
    fast: "fast",
    slow: "slow, float32 is the better choice",
    unknown: "not known to be fast, try it against float32",
  };
  return { name: "bfloat16", state: "ok", detail: `${advice[bfloat16]}: ${reason}` };
}

/** Python and its pip, with which the library is fetched. */
export async function checkPip(): Promise<Check> {
  const name = "Python and pip";
  try {
    const { ok, output, complaint } = await runPython(["-m", "pip", "--version"]);
    if (ok) return { name, state: "ok", detail: output.trim() };
    return {
      name,
      state: "broken",
      detail: complaint,
      remedy: "Install pip; needed only while libraries are to be fetched",
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { name, state: "missing", detail: error.problem, remedy: error.remedy };
  }
}
