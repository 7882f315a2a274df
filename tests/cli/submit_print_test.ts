import assert from "node:assert/strict";
import { exists } from "@/lib/base/files.ts";
import { type Ran, root, taskArguments, withFolder } from "@/tests/cli/command.ts";

/** Runs `submit` where no program of Slurm is to be found. */
async function submit(...args: readonly string[]): Promise<Ran> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: taskArguments("submit", "controls", "--scale", "smoke", "--data", "worlds", ...args),
    cwd: root,
    env: { NO_COLOR: "1", PATH: "/nowhere" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

const classes = "gpu: { gpus: a100, cpus: 8, time: 1-00:00:00, workers: 16 }\ncpu: { time: 90 }\n";

Deno.test("submit --print shows scripts and commands, needs no Slurm and writes nothing", () =>
  withFolder(async (folder) => {
    const store = `${folder}/store`, file = `${folder}/slurm.yaml`;
    await Deno.writeTextFile(file, classes);
    const given = ["--store", store, "--slurm", file] as const;
    const { code, stdout, stderr } = await submit(...given, "--print", "--workers", "2");
    assert.equal(code, 0, stderr);
    const start =
      `exec sh ${store}/code/[0-9a-f]{16}/lib/run/start_worker\\.sh --plan [0-9a-f]{16}`;
    const [gpu = "", cpu = ""] = stdout.split("# cpu.sh");
    assert.match(gpu, /^# gpu\.sh: submitted with sbatch --parsable gpu\.sh\n/);
    assert.match(gpu, /--dependency=afterany:JOB gpu\.sh\n#!\/bin\/bash\n/);
    assert.match(gpu, /#SBATCH --array=0-1\n[^]*#SBATCH --gres=gpu:a100:1\n/);
    assert.match(gpu, new RegExp(`${start} --device gpu --jobs 4 --minutes 1435 --idle 60\n`));
    const plain = "--kinds ingest,sheet,subset,corrupt,import,score,classes";
    assert.match(
      cpu,
      new RegExp(`${start} --device cpu --jobs 1 --minutes 85 --idle 15 ${plain}\n`),
    );

    const some = await submit(...given, "--print", "--kinds", "ingest,pretrain");
    assert.match(some.stdout, /--device gpu .* --kinds ingest,pretrain\n/);
    assert.match(some.stdout, /--device cpu .* --kinds ingest\n/);
    assert.equal(await exists(store), false);
  }));

Deno.test("submit --command writes what a worker needs, and the command that it shows starts one", () =>
  withFolder(async (folder) => {
    const store = `${folder}/store`, kinds = ["--kinds", "ingest"] as const;
    const { code, stdout, stderr } = await submit("--store", store, "--command", "cpu", ...kinds);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /^sh \S+\/lib\/run\/start_worker\.sh --plan [0-9a-f]{16} --device cpu --kinds ingest\n$/,
    );
    const worker = await new Deno.Command("sh", {
      args: ["-c", stdout],
      clearEnv: true,
      env: { PATH: "/usr/bin:/bin", TMPDIR: folder, NO_COLOR: "1" },
    }).output();
    assert.match(new TextDecoder().decode(worker.stdout), /^\d+ steps? run; nothing is left$/m);
  }));

Deno.test("submit says what is missing: the file, the programs of Slurm", () =>
  withFolder(async (folder) => {
    const store = `${folder}/store`, file = `${folder}/slurm.yaml`;
    const given = ["--store", store, "--slurm", file] as const;
    const none = await submit(...given);
    assert.match(
      none.stderr,
      /slurm\.yaml: the file does not exist\. Write one line a class, such/,
    );
    await Deno.writeTextFile(file, classes);
    const here = await submit(...given);
    assert.equal(
      here.stderr,
      "error: scontrol: there is no such program here. Submit on a machine of the cluster; " +
        "--print shows what would be submitted, and needs no Slurm\n",
    );
    assert.deepEqual([none.code, here.code], [2, 2]);
    assert.equal(await exists(store), false);
  }));
