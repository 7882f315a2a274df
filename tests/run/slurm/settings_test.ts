import assert from "node:assert/strict";
import { readSlurm } from "@/lib/run/slurm/settings.ts";
import { inputErrorsIn } from "@/lib/base/errors.ts";
import { inTempDir } from "@/tests/data/fixtures.ts";

function read(text: string) {
  return inTempDir(async (folder) => {
    await Deno.writeTextFile(`${folder}/slurm.yaml`, text);
    return await readSlurm(`${folder}/slurm.yaml`);
  });
}

/** What is wrong with a file, its folder left out. */
async function mistakes(text: string): Promise<readonly string[]> {
  const error = await read(text).then(() => undefined, (error) => error);
  return inputErrorsIn(error).map(({ message }) =>
    message.replace(/\S*\/slurm\.yaml/, "slurm.yaml")
  );
}

Deno.test("readSlurm() reads each class, and fills in what is left out", async () => {
  const text = "gpu: { partition: a, gpus: a100, cpus: 8, memory: 32G, time: 1-00:00:00 }\n" +
    "cpu:\n  time: 90\n  prelude: |\n    module load x\n    export A=1\n  sbatch: ['--exclude=n7']\n";
  const [gpu, cpu] = await read(text);
  assert.deepEqual(gpu, {
    ...{ name: "gpu", partition: "a", gpus: "a100", cuda: 12, cpus: 8, memory: "32G", time: 1440 },
    ...{ workers: 4, successors: 2, idle: 60, prelude: [], sbatch: [] },
  });
  assert.equal(cpu!.time, 90);
  assert.deepEqual(cpu!.prelude, ["module load x", "export A=1"]);
  assert.deepEqual(cpu!.sbatch, ["--exclude=n7"]);
  assert.equal(cpu!.gpus, undefined);
  assert.equal(cpu!.idle, 15);
});

Deno.test("readSlurm() names line, field, value and remedy of all that is wrong", async () => {
  assert.deepEqual(
    await mistakes("gpu: { time: soon, cpus: 0 }\ncpu:\n  time: 10\n  memry: 4G\n"),
    [
      'slurm.yaml:1: gpu.time: the value is "soon". Write how long a job may take, such as 12:00:00, 2-00:00:00 or a number of minutes',
      "slurm.yaml:1: gpu.cpus: the value is 0. Write how many cores a worker has: 1, 2, 3, …",
      'slurm.yaml:4: cpu.memry: the field "memry" is unknown for the class "cpu". Did you mean "memory"? Correct it; the fields are time, cpus, memory, partition, account, qos, workers, successors, prelude, sbatch, idle',
    ],
  );
  assert.deepEqual(await mistakes("gpus: { time: 10 }\n"), [
    'slurm.yaml:1: gpus: "gpus" is no class of resources. Did you mean "gpu"? The classes are cpu and gpu',
  ]);
  assert.deepEqual(await mistakes("gpu: { gpus: 4 }\n"), [
    "slurm.yaml:1: gpu.time: the field is missing. Write how long a job may take, such as 12:00:00, 2-00:00:00 or a number of minutes",
    "slurm.yaml:1: gpu.gpus: the value is 4. Write 1, or the kind of GPU, such as a100: a worker uses one, and more workers use more",
  ]);
  assert.deepEqual(await mistakes("gpu: { time: 10, cuda: 11 }\n"), [
    "slurm.yaml:1: gpu.cuda: the value is 11. Write 12, or 13 where the driver of every node knows it",
  ]);
  assert.match(
    (await mistakes(""))[0]!,
    /^slurm\.yaml: it holds no class\. Write one line a class/,
  );
  assert.match(
    (await mistakes("gpu: 7"))[0]!,
    /^slurm\.yaml:1: gpu: the value is 7\. Write one line/,
  );
});
