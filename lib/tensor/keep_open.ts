import { cString } from "@/lib/tensor/c_memory.ts";
import { openLibc } from "@/lib/tensor/libc.ts";

const RTLD_LAZY = 1, RTLD_NODELETE = Deno.build.os === "darwin" ? 0x80 : 0x1000;

/**
 * Keeps a library that is open so until the process ends. The runtime closes those that it opened when a worker or the program
 * is over; its threads, which nobody can end, and those of the runtime that called it and end after it would find its code gone.
 */
export function keepOpen(path: string): void {
  const libc = openLibc({ dlopen: { parameters: ["buffer", "i32"], result: "pointer" } });
  libc?.symbols.dlopen(cString(path), RTLD_LAZY | RTLD_NODELETE);
  libc?.close();
}
