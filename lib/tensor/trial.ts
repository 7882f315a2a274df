import type { FoundPlugin } from "@/lib/tensor/plugin.ts";

/** How a trial of a library went. */
export interface Tried {
  readonly works: boolean;
  /** What was computed, or what went wrong. */
  readonly said: string;
}

/** Has TensorFlow multiply two matrices. */
export async function tryLibrary(): Promise<Tried> {
  return await runTrial("matrix_product.ts");
}

/**
 * Has a PJRT plugin multiply two matrices.
 *
 * @param device Where: a device's name, or nothing for the first that the plugin has.
 */
export async function tryPlugin(
  { path, libraries }: Pick<FoundPlugin, "path" | "libraries">,
  device = "",
): Promise<Tried> {
  return await runTrial("plugin_product.ts", device, path, ...libraries);
}

// A plugin may wait for ever for a device that is not there, as libtpu does without a TPU.
const SECONDS = 120;

/**
 * Runs a program in another process: a library that is cut short, or that the processor does not suit, kills the one that
 * tries it, and one may never answer.
 */
async function runTrial(program: string, ...args: readonly string[]): Promise<Tried> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", `${import.meta.dirname}/${program}`, ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, 1000 * SECONDS);
  const { success, stdout, stderr, signal } = await child.output();
  clearTimeout(timer);
  if (isLate) return { works: false, said: `it gave no answer in ${SECONDS} seconds` };
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (success) return { works: true, said: text(stdout) };
  if (signal !== null) {
    return { works: false, said: `it ended the process that tried it (${signal})` };
  }
  return { works: false, said: text(stderr).split("\n")[0] || "no reason given" };
}
