import { packFiles } from "@/tests/bench/gpu/pack.ts";

/** What to do with a pack. */
export interface GpuOptions {
  /** Where to write it. */
  readonly pack: string;
  /** Images of each timed step in place of its own: a few, to try the script on a processor. */
  readonly images?: number;
}

const here = import.meta.dirname!;

/**
 * Writes all that is checked and timed on a device into a folder that needs no network and no TensorFlow where it is run:
 * programs, inputs, what TensorFlow gives for them on the CPU, PyTorch's side, and the script itself as one file.
 *
 * @returns How to run it.
 */
export async function packGpuBench({ pack, images }: GpuOptions): Promise<string> {
  await deno([
    "run",
    "--quiet",
    "-A",
    `${here}/write_pack.ts`,
    pack,
    ...images === undefined ? [] : [String(images)],
  ]);
  await deno([
    "bundle",
    "--quiet",
    "--output",
    `${pack}/${packFiles.program}`,
    `${here}/run_pack.ts`,
  ]);
  for (const file of ["engine_torch.py", "torch_resnet.py"]) {
    await Deno.copyFile(`${here}/../${file}`, `${pack}/${file}`);
  }
  return `deno run -A ${pack}/${packFiles.program} --json found.json`;
}

async function deno(args: readonly string[]): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    stdout: "inherit",
    stderr: "inherit",
  }).spawn().status;
  if (!success) throw new Error(`deno ${args[0]} failed`);
}
