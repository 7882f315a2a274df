import * as z from "zod";
import { InputError, refuse, refusingTogether } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import { fieldErrors } from "@/lib/base/field_errors.ts";
import { readYaml } from "@/lib/base/yaml_file.ts";
import { minutesOf } from "@/lib/run/slurm/time_limit.ts";
import { type Cuda, CUDA_ELSEWHERE } from "@/lib/tensor/provision/cuda.ts";

/** The classes of resources: work without tensors needs no GPU. */
export const classNames = ["cpu", "gpu"] as const;

/** The name of a class of resources. */
export type ClassName = typeof classNames[number];

const word = z.string().regex(/^\S+$/);
const lines = z.union([
  z.string().transform((text) => text.trimEnd().split("\n")),
  z.array(z.string()),
]);

const common = {
  /** Minutes. */
  time: z.union([z.int().positive(), z.string()]).transform((value, { issues }) => {
    const minutes = minutesOf(String(value));
    if (minutes !== undefined) return minutes;
    issues.push({ code: "custom", input: value, message: "no time" });
    return z.NEVER;
  }),
  cpus: z.int().positive().default(1),
  memory: z.union([z.int().positive().transform(String), z.string().regex(/^[1-9]\d*[KMGT]?$/)])
    .optional(),
  partition: word.optional(),
  account: word.optional(),
  qos: word.optional(),
  /** Elements of its job array. */
  workers: z.int().positive().default(4),
  /** Arrays that go on, one after the other, where an earlier one's time is over. */
  successors: z.int().nonnegative().default(2),
  /** Lines of the shell before the worker starts. */
  prelude: lines.default([]),
  /** Further options of sbatch. */
  sbatch: z.array(z.string().regex(/^-/)).default([]),
};

/** Minutes after which a worker leaves that finds nothing to do. */
const idle = z.number().positive();

const schemas = {
  // What waits for GPUs may wait for days, and they take what is left for CPUs too.
  cpu: z.strictObject({ ...common, idle: idle.default(15) }),
  // One GPU an element: its kind, or 1 for any.
  gpu: z.strictObject({
    ...common,
    idle: idle.default(60),
    gpus: z.union([z.literal(1), z.string().regex(/^[\w.-]+$/)]).default(1),
    /** Of the plugin that is fetched for it. */
    cuda: z.union([z.literal(12), z.literal(13)]).default(CUDA_ELSEWHERE),
  }),
};

/** What an element of a class asks of Slurm. */
export type ResourceClass = z.output<typeof schemas.cpu> & {
  readonly name: ClassName;
  /** The kind of its GPU, or 1 for any; of a class without, absent. */
  readonly gpus?: string | 1;
  /** CUDA's version of the plugin that is fetched for it; of a class without a GPU, absent. */
  readonly cuda?: Cuda;
};

const remedies: Readonly<Record<string, string>> = {
  time: "Write how long a job may take, such as 12:00:00, 2-00:00:00 or a number of minutes",
  memory: "Write an amount as sbatch has it, such as 16G",
  cpus: "Write how many cores a worker has: 1, 2, 3, …",
  gpus: "Write 1, or the kind of GPU, such as a100: a worker uses one, and more workers use more",
  workers: "Write how many workers there are at a time: 1, 2, 3, …",
  cuda: "Write 12, or 13 where the driver of every node knows it",
  successors: "Write how many arrays go on after the first: 0, 1, 2, …",
  idle: "Write after how many minutes without work a worker leaves, such as 15",
  prelude: "Write lines of the shell, such as [module load cuda]",
  sbatch: "Write a list of options, such as ['--exclude=node7']",
};

const example =
  "Write one line a class, such as gpu: { partition: gpu, cpus: 8, memory: 32G, time: 12:00:00 }";

/**
 * Reads a `slurm.yaml`: what a job of each class of resources asks for. Without the class `gpu` all is worked on CPUs, and without
 * `cpu` all on GPUs.
 *
 * @throws {InputError | InputErrors} Each naming file, line, field, value and remedy.
 */
export async function readSlurm(file: string): Promise<readonly ResourceClass[]> {
  const { entries, placeOf } = await readYaml(file, {
    names: "classes",
    missing: example,
    example,
  });
  if (Object.keys(entries).length === 0) throw new InputError(file, "it holds no class", example);
  return await refusingTogether(
    Object.entries(entries).map(([name, value]) => () =>
      readClass(name, value, (...fields) => placeOf(name, ...fields))
    ),
  );
}

function readClass(
  given: string,
  value: unknown,
  placeOf: (...fields: readonly string[]) => string,
): ResourceClass {
  const name = classNames.find((one) => one === given);
  if (name === undefined) {
    throw new InputError(
      placeOf(),
      `"${given}" is no class of resources`,
      `${didYouMean(given, classNames)}The classes are ${classNames.join(" and ")}`,
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError(placeOf(), `the value is ${JSON.stringify(value)}`, example);
  }
  const { data, error } = schemas[name].safeParse(value);
  refuse(fieldErrors(error?.issues ?? [], {
    value,
    names: Object.keys(schemas[name].shape),
    owner: `the class "${name}"`,
    placeOf,
    remedyOf: (field) =>
      remedies[field] ?? (field in schemas[name].shape ? "Write one word" : undefined),
  }));
  return { ...data!, name };
}
