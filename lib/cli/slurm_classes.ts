import { InputError } from "@/lib/base/errors.ts";
import { exists } from "@/lib/base/files.ts";
import { readSlurm, type ResourceClass } from "@/lib/run/slurm/mod.ts";

/**
 * What the jobs of each class of resources ask for: as the file has it that the command names, or the project's.
 *
 * @param given What follows `--slurm`, if it was given.
 * @param root The project's folder.
 * @throws {InputError | InputErrors} If there is no such file, or something is wrong with it.
 */
export async function slurmClasses(
  given: string | undefined,
  root: string,
): Promise<readonly ResourceClass[]> {
  const file = given ?? `${root}/slurm.yaml`;
  if (given !== undefined || await exists(file)) return await readSlurm(file);
  throw new InputError(
    "--slurm",
    `no file is named, and there is no ${file}`,
    "Write one that says what jobs ask for, such as gpu: { partition: gpu, cpus: 8, memory: 32G, time: 12:00:00 }",
  );
}
