// Workers as jobs of a Slurm that the test starts on this machine, as a lab would submit them.
import assert from "node:assert/strict";
import { exists } from "@/lib/base/files.ts";
import { workersOf } from "@/lib/run/mod.ts";
import { filesUnder } from "@/lib/base/whole_folder.ts";
import { type Cluster, slurmMissing, until, withSlurm } from "@/tests/fixtures/slurm.ts";
import { type Ran, root } from "@/tests/cli/command.ts";
import { withProject } from "@/tests/cli/project.ts";
import { contentsOf, manifestsIn } from "@/tests/cli/store_contents.ts";

// The whole study takes a quarter of an hour; its name here lets CI choose it.
const whole = Deno.env.get("WHEN_CONTRASTIVE_SLURM_STUDY");

/** A training of half a minute or more, so that things can happen in its middle, and a few short ones beside it. */
const queued = `
import { domain, experiment, grid, linear, simclr, trial, untrained } from "@/dsl/mod.ts";

export const queued = experiment({
  id: "queued",
  title: "Queued",
  question: "Does it matter where it is worked?",
  reference: "none",
  trials: [
    ...grid(
      [simclr(domain("species", "50k")), simclr(domain("objects", "50k")), untrained()],
      [linear("species")],
    ),
    trial(simclr(domain("scenes", "50k"), { training: { epochs: 2500 } }), linear("species")),
  ],
  claims: [],
});
`;
const study = whole ?? "queued";

/** A project and a cluster, and how to run the project's commands there. */
interface Bench {
  readonly folder: string;
  readonly cluster: Cluster;
  run(...args: readonly string[]): Promise<Ran>;
  /** Submits the study into a store, with jobs that ask for this. */
  submit(store: string, slurm: string, ...more: readonly string[]): Promise<string>;
}

async function withBench(body: (bench: Bench) => Promise<void>): Promise<void> {
  const experiments = await filesUnder(`${root}/experiments`);
  const files = new Map<string, string>();
  for (const [path, whole] of experiments) {
    files.set(`experiments/${path}`, await Deno.readTextFile(whole));
  }
  files.set("experiments/queued.ts", queued);
  await withProject(Object.fromEntries(files), async (project) => {
    const folder = `${project}/cluster`;
    await Deno.mkdir(folder);
    await withSlurm(folder, async (cluster) => {
      const run: Bench["run"] = async (...args) => {
        const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
          args: ["run", "--quiet", "--frozen", "-A", `${project}/lib/cli/main.ts`, ...args],
          cwd: project,
          env: { NO_COLOR: "1", ...cluster.environment },
        }).output();
        const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
        return { code, stdout: text(stdout), stderr: text(stderr) };
      };
      await body({
        folder: project,
        cluster,
        run,
        async submit(store, slurm, ...more) {
          await Deno.writeTextFile(`${project}/slurm.yaml`, slurm);
          const told = await run("submit", study, "--scale", "smoke", "--store", store, ...more);
          assert.equal(told.code, 0, told.stderr + told.stdout);
          return told.stdout;
        },
      });
    });
  });
}

/** All that the jobs of a store's plans wrote. */
async function logsIn(store: string): Promise<string> {
  const logs = [...await filesUnder(`${store}/plans`)].filter(([path]) => path.endsWith(".log"));
  return (await Promise.all(logs.map(([, path]) => Deno.readTextFile(path)))).join("\n");
}

/** When each artifact of a store was made. */
async function madeIn(store: string): Promise<ReadonlyMap<string, string>> {
  return new Map([...await manifestsIn(store)].map(([key, { made }]) => [key, made.at]));
}

/** Whether a worker is in the middle of a training, of the long one where the study is ours. */
async function isAmidTraining(store: string, plan: string): Promise<boolean> {
  const long = whole === undefined ? 1000 : 1;
  const steps = (await workersOf({ root: store }, plan)).flatMap((note) => note.steps);
  return steps.some(({ done = 0, total = 0 }) => total >= long && done > 0.1 * total);
}

const missing = await slurmMissing();

Deno.test({
  name: `submit: jobs make what a local run makes, whatever becomes of nodes and jobs${
    missing === undefined ? "" : ` (not tried: ${missing})`
  }`,
  ignore: missing !== undefined,
  fn: () =>
    withBench(async ({ folder, cluster, run, submit }) => {
      const local = `${folder}/local`, two = `${folder}/two`, four = `${folder}/four`;
      const alone = await run("reproduce", study, "--scale", "smoke", "--store", local);
      assert.equal(alone.code, 0, alone.stdout + alone.stderr);
      const wanted = [...await contentsOf(local)].sort();

      // Two workers, left in peace.
      const calm = "cpu: { time: 60, successors: 0 }\n";
      const told = await submit(two, calm, "--workers", "2");
      assert.match(
        told,
        /^Plan [0-9a-f]{16}: \d+ steps of \d+ to run\ncpu: job \d+, 2 workers for 1 h\n/,
      );
      await cluster.settle(900);
      assert.deepEqual([...await contentsOf(two)].sort(), wanted, await logsIn(two));
      assert.match(await submit(two, calm), /^Nothing to do/);

      // Four, of which half are cancelled and half lose their node, in the middle of the long training.
      const [, plan = ""] = /^Plan (\w+)/.exec(await submit(four, calm, "--workers", "4")) ?? [];
      await until(900, () => isAmidTraining(four, plan));
      const on = async (node: string) => {
        const queue = ["squeue", "--noheader", "--array", `--nodelist=${node}`, "--format=%i"];
        return (await cluster.slurm(...queue)).split("\n");
      };
      const lost = await on("n1"), half = await on("n2");
      assert.deepEqual([lost.length, half.length], [2, 2]);
      await cluster.slurm("scancel", ...half);
      await cluster.lose("n1");
      await cluster.recover("n1");
      for (const job of lost) {
        const show = () => cluster.slurm("scontrol", "--oneliner", "show", "job", job);
        await until(300, async () => /JobState=PENDING .*Restarts=1 /.test(await show()));
        // Slurm would let it wait for two minutes; at once the node would still refuse it.
        await cluster.slurm("scontrol", "update", `JobId=${job}`, "StartTime=now+3");
        await until(300, async () => /JobState=RUNNING .*Restarts=1 /.test(await show()));
      }

      // More are submitted, and all are asked to leave.
      const again = await submit(four, "cpu: { time: 60, successors: 1 }\n", "--workers", "2");
      assert.match(again, new RegExp(`^Plan ${plan}: .* It was submitted before`));
      const kept = await madeIn(four);
      const cancelled = await run("cancel", "--store", four);
      assert.match(cancelled.stdout, new RegExp(`^Plan ${plan}: jobs `), cancelled.stderr);
      await cluster.settle(300);

      // The rest goes on in jobs whose time is over before it is done, and is submitted once more.
      const before = await madeIn(four);
      const short = "cpu: { time: 1, successors: 2, prelude: [sleep 20] }\n";
      await submit(four, short, "--workers", "1");
      await cluster.settle(900);
      await submit(four, calm, "--workers", "4");
      await cluster.settle(900);
      assert.deepEqual([...await contentsOf(four)].sort(), wanted, await logsIn(four));
      const after = await madeIn(four);
      for (const [key, at] of [...kept, ...before]) {
        assert.equal(after.get(key), at, `${key} was complete, and made again`);
      }
      assert.ok(await exists(`${four}/plans/${plan}/plan.jsonl`));
    }),
});
