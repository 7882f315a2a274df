import { loadedRuntime } from "@/lib/tensor/runtime.ts";

/** The facts about this machine and its software that a manifest keeps beside every result. */
export async function machineFacts(): Promise<{ [name: string]: string }> {
  return {
    os: `${Deno.build.os} ${Deno.osRelease()}`,
    architecture: Deno.build.arch,
    processor: await processorName(),
    cores: String(navigator.hardwareConcurrency),
    deno: Deno.version.deno,
    tensorflow: loadedRuntime()?.version ?? "not used",
  };
}

async function processorName(): Promise<string> {
  try {
    const text = await Deno.readTextFile("/proc/cpuinfo");
    return /^model name\s*:\s*(.+)$/m.exec(text)?.[1] ?? "unknown";
  } catch {
    return "unknown";
  }
}
