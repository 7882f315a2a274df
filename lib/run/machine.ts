import { basename } from "node:path";
import { type AcceleratorFacts, loadedBackend } from "@/lib/tensor/loaded_backend.ts";

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
    ...accelerator && { accelerator: inWords(accelerator) },
  };
}

function inWords({ kind, platform, version, plugin, api }: AcceleratorFacts): string {
  return `${kind} by ${platform} (${version}), ${basename(plugin)} of PJRT ${api}`;
}

async function processorName(): Promise<string> {
  try {
    const text = await Deno.readTextFile("/proc/cpuinfo");
    return /^model name\s*:\s*(.+)$/m.exec(text)?.[1] ?? "unknown";
  } catch {
    return "unknown";
  }
}
