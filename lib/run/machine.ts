import { loadedBackend } from "@/lib/tensor/loaded_backend.ts";

/** The facts about this machine and its software that a manifest keeps beside every result. */
export async function machineFacts(): Promise<{ [name: string]: string }> {
  const backend = loadedBackend(), accelerator = backend?.accelerator;
  return {
    os: `${Deno.build.os} ${Deno.osRelease()}`,
    architecture: Deno.build.arch,
    processor: await processorName(),
    cores: String(navigator.hardwareConcurrency),
    deno: Deno.version.deno,
    backend: backend === undefined
      ? "none"
      : `${backend.name} ${backend.version} on ${backend.device}`,
    ...accelerator && {
      accelerator:
        `${accelerator.kind} by ${accelerator.platform} (${accelerator.version}), PJRT ${accelerator.api}`,
    },
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
