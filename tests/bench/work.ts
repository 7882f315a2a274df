import {
  expectedBytes,
  expectedSeconds,
  little,
  makeStep,
  plan,
  type Step,
} from "@/lib/plan/mod.ts";
import {
  filesIn,
  planForm,
  type PlanHead,
  type PlannedStep,
  readCode,
  readPlan,
  writePlan,
} from "@/lib/run/mod.ts";
import { openStore, type Store } from "@/lib/store/mod.ts";
import { largeStudy } from "@/tests/bench/large_study.ts";
import { textTable } from "@/tests/bench/text_table.ts";
import { taskArguments } from "@/tests/cli/command.ts";
import { domains } from "@/tests/plan/planned.ts";
import { root, withBench } from "@/tests/run/fixture.ts";

const head: PlanHead = {
  form: planForm,
  experiments: [],
  scale: "smoke",
  options: {},
  command: "deno task bench work",
  engine: { backend: "tensorflow", check: false, device: "cpu" },
  trustCode: false,
  world: { train: 1, test: 1, seed: 0 },
  bindings: {},
  project: root,
};

/** Times of a plan of 100,000 steps on its way to a worker, and of what a worker needs for a step beside its work. */
export async function benchWork(): Promise<void> {
  const rows = [...await largePlan(), ...await overhead()];
  // deno-lint-ignore no-console -- the result of a benchmark
  console.log(textTable(rows.map(([phase, time]) => ({ phase, time }))).join("\n"));
}

type Row = readonly [string, string];

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, string]> {
  const started = performance.now();
  const result = await work();
  return [result, seconds(started)];
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(2)} s`;
}

/** A plan of 100,000 steps: written, read, and its first step taken by a worker process in an empty store. */
async function largePlan(): Promise<readonly Row[]> {
  const folder = await Deno.makeTempDir();
  try {
    const store = await openStore(`${folder}/store`);
    const { steps } = plan(largeStudy(), domains);
    const lines = await plannedOf(steps);
    const [id, written] = await timed(() => writePlan(store, { head, steps: lines }));
    const [, read] = await timed(() => readPlan(store, id));
    const [, taken] = await timed(() => firstStep(store, id));
    return [
      [`a plan of ${steps.length} steps written`, written],
      ["read", read],
      ["worker started, first step taken", taken],
    ];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function plannedOf(steps: readonly Step[]): Promise<readonly PlannedStep[]> {
  const code = await readCode(filesIn(root));
  const sizes = new Map([...domains.values()].map((one) => [one.id, one]));
  const each = expectedSeconds(steps, sizes), bytes = expectedBytes(steps, sizes);
  return steps.map((step) => ({
    ...{ step, code: code(step), seconds: each.get(step.key)!, bytes: bytes.get(step.key)! },
    ...{ place: 1, memory: little, of: [] },
  }));
}

/** Starts a worker and waits until it has taken a step. */
async function firstStep({ root: store }: Store, id: string): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: taskArguments("work", "--store", store, "--plan", id, "--json"),
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  try {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      if (text.includes('"started"')) return;
    }
    throw new Error("The worker took no step");
  } finally {
    child.kill("SIGKILL");
    await child.status;
  }
}

/** What a worker needs for a step beside its work: the whole time of many short ones without what they say they took. */
async function overhead(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  await withBench(async ({ plan, ingest, work }) => {
    const count = 300;
    const steps = Array.from({ length: count }, (_, seed) =>
      makeStep(
        { kind: "subset", spec: { size: 4, seed: seed + 10 }, needs: { images: ingest.key } },
        `${seed}`,
      ));
    let began = 0, worked = 0;
    await work({
      jobs: 1,
      plan: { ...plan, steps: [ingest, ...steps] },
      onEvent(event) {
        if (event.type !== "done") return;
        if (event.step === ingest) began = performance.now();
        else worked += event.seconds;
      },
    });
    const beside = performance.now() - began - 1000 * worked;
    rows.push([`beside the work of a step, of ${count}`, `${(beside / count).toFixed(1)} ms`]);
    rows.push(["the work of a step", `${(1000 * worked / count).toFixed(1)} ms`]);
  });
  return rows;
}
