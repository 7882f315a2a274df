// Worker processes as `deno task work` starts them, on a plan in a store.
import assert from "node:assert/strict";
import { type HeldBytes, little, type Plan, type Step } from "@/lib/plan/mod.ts";
import {
  attemptsAt,
  filesIn,
  planForm,
  type PlanHead,
  readCode,
  workersOf,
  writePlan,
} from "@/lib/run/mod.ts";
import { artifactFolder, findArtifact, type Store } from "@/lib/store/mod.ts";
import { command, commandEvents, type Ran, root } from "@/tests/cli/command.ts";
import { withBench } from "@/tests/run/fixture.ts";
import { withPretraining } from "@/tests/run/small_pretraining.ts";

const code = await readCode(filesIn(root));

interface Event {
  readonly type: string;
  readonly pid: number;
  readonly done: number;
  readonly step: { readonly kind: string; readonly label: string };
  readonly worked: number;
  readonly why: string;
}

interface Planned {
  readonly store: Store;
  readonly plan: Plan;
  readonly id: string;
  /** Runs a worker, hands each event to `onEvent`, and gives its exit code and all events. */
  work(
    args?: readonly string[],
    onEvent?: (event: Event, child: Deno.ChildProcess) => void,
  ): Promise<{ readonly code: number; readonly events: readonly Event[] }>;
}

/** The plan of the fixture, with a pretraining of so many epochs, in a store of its own. */
async function withPlan(
  body: (planned: Planned) => Promise<void>,
  { epochs, head = {}, memory = () => little }: {
    readonly epochs?: number;
    readonly head?: Partial<PlanHead>;
    readonly memory?: (step: Step) => HeldBytes;
  } = {},
): Promise<void> {
  await withBench(async (bench) => {
    const { store, images } = bench;
    const plan = epochs === undefined ? bench.plan : withPretraining(bench, epochs).plan;
    const id = await writePlan(store, {
      head: {
        form: planForm,
        experiments: [],
        scale: "smoke",
        options: {},
        command: "test",
        engine: { backend: "tensorflow", check: false, device: "cpu" },
        trustCode: false,
        world: { train: 1, test: 1, seed: 0 },
        bindings: { d: { dataset: "image-folder", path: images } },
        project: root,
        ...head,
      },
      steps: plan.steps.map((step) => ({
        ...{ step, code: code(step), seconds: 1, place: 1, bytes: 1, memory: memory(step), of: [] },
      })),
    });
    await body({
      ...{ store, plan, id },
      work: (args = [], onEvent) => commandEvents<Event>([...worker(store, id), ...args], onEvent),
    });
  });
}

function worker({ root }: Store, id: string): string[] {
  return ["work", "--store", root, "--plan", id, "--jobs", "1"];
}

async function contentOf(store: Store, { key }: Step): Promise<string> {
  const found = await findArtifact(store, key);
  assert.ok(found.state === "cached");
  return found.manifest.content;
}

const done = (events: readonly Event[]) =>
  events.filter(({ type }) => type === "done").map(({ step }) => step.label);

Deno.test("two workers share a plan: each step is done once, and a third finds nothing left", () =>
  withPlan(async ({ store, plan, id, work }) => {
    const both = await Promise.all([work(), work()]);
    assert.deepEqual(both.map(({ code }) => code), [0, 0]);
    const labels = both.flatMap(({ events }) => done(events)).sort();
    assert.deepEqual(labels, plan.steps.map(({ label }) => label).sort());
    const { code, events } = await work();
    const { type, worked, why } = events.at(-1)!;
    assert.deepEqual([code, type, worked, why], [0, "left", 0, "nothing is left"]);
    const notes = await workersOf(store, id);
    assert.deepEqual(notes.map(({ end }) => end?.why), Array(3).fill("nothing is left"));
    assert.equal(notes.reduce((sum, { worked }) => sum + worked, 0), 4);
    for (const folder of ["claims", "attempts", "tmp"]) {
      assert.deepEqual([...Deno.readDirSync(`${store.root}/${folder}`)], [], folder);
    }
  }));

Deno.test("a worker takes the kinds alone that it is told, by the first digits of the plan's name", () =>
  withPlan(async ({ store, id, work }) => {
    const only = await work(["--kinds", "ingest,sheet"]);
    assert.deepEqual([only.code, done(only.events)], [0, ["ingest", "sheet"]]);
    const { code, stdout } = await command(...worker(store, id.slice(0, 5)));
    assert.equal(code, 0, stdout);
    assert.match(stdout, /\n2 steps run; nothing is left\n$/);
  }));

Deno.test("a worker leaves to others what its device or machine has no memory for, and says so once", () =>
  withPlan(async ({ store, plan, id, work }) => {
    const { code, stdout, stderr } = await command(...worker(store, id), "--device-memory", "10G");
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /\n2 steps run; 2 steps are left, for others, or for more time or memory\n$/,
    );
    assert.equal(
      stderr,
      "left to workers with more memory: 2 steps; subset four needs about 30 GB of memory, and " +
        "this machine has 10 GB\n",
    );
    const more = await work(["--device-memory", "40G"]);
    assert.deepEqual(done(more.events).sort(), ["eight", "four"]);
    assert.equal(plan.steps.length, 4);
  }, {
    memory: ({ kind }) => ({ host: kind === "subset" ? 29.5e9 : 0, device: 0, divided: 0 }),
  }));

Deno.test("of two workers at once the one with more memory takes what the other cannot, and that one takes the rest", () =>
  withPlan(async ({ plan, work }) => {
    const [less, more] = await Promise.all([
      work(["--device-memory", "10G"]),
      work(["--device-memory", "40G", "--kinds", "ingest"]),
    ]);
    assert.deepEqual([less.code, more.code], [0, 0]);
    assert.deepEqual(done(more.events), ["ingest"]);
    assert.deepEqual(done(less.events).sort(), ["eight", "four", "sheet"]);
    assert.equal(less.events.at(-1)!.why, "nothing is left");
    assert.equal(plan.steps.length, 4);
  }, {
    memory: ({ kind }) => ({ host: kind === "ingest" ? 29.5e9 : 0, device: 0, divided: 0 }),
  }));

Deno.test("a worker that leaves for lack of what others are to make says what that is", () =>
  withPlan(async ({ store, id }) => {
    const { code, stdout } = await command(
      ...worker(store, id),
      ...["--kinds", "subset,sheet", "--idle", "0.02"],
    );
    assert.equal(code, 0, stdout);
    assert.match(
      stdout,
      /0 steps run; nothing to take for a while: what is left for it needs ingest, and nobody is at it\n$/,
    );
  }));

Deno.test("a worker that was killed with its process leaves the step to the next, which knows that it vanished", () =>
  withPlan(async ({ store, plan, work }) => {
    await work([], (event, child) => {
      if (event.type !== "started") return;
      child.kill("SIGKILL");
      Deno.kill(event.pid, "SIGKILL");
    });
    const [ingest] = plan.steps;
    assert.deepEqual((await attemptsAt(store, ingest!.key)).map(({ end }) => end), [null]);
    const { code, events } = await work();
    assert.deepEqual([code, done(events).length], [0, 4]);
    assert.deepEqual(await attemptsAt(store, ingest!.key), []);
  }));

Deno.test({
  name:
    "a worker that is sent SIGUSR1 in a training leaves at a checkpoint, and another goes on to the same bytes",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withPlan(async ({ store, plan, work }) => {
      const encoder = plan.steps.at(-1)!;
      assert.equal((await work()).code, 0);
      const alone = await contentOf(store, encoder);
      await Deno.remove(artifactFolder(store, encoder.key), { recursive: true });

      let isSent = false;
      const left = await work([], (event, child) => {
        if (event.type !== "progress" || event.step.kind !== "pretrain" || isSent) return;
        isSent = true;
        child.kill("SIGUSR1");
      });
      assert.deepEqual([left.code, done(left.events)], [0, []]);
      assert.equal(left.events.at(-1)!.why, "asked to leave");
      assert.ok(left.events.some(({ type }) => type === "given back"));
      assert.deepEqual([...Deno.readDirSync(`${store.root}/claims`)], []);

      const { code, events } = await work();
      assert.deepEqual([code, done(events)], [0, ["encoder"]]);
      const first = events.find(({ type }) => type === "progress")!;
      assert.ok(first.done > 1, `it went on from step ${first.done}`);
      assert.equal(await contentOf(store, encoder), alone);
    }, { epochs: 150 }),
});

Deno.test("a worker leaves in order before its time is over, in the middle of a training too", () =>
  withPlan(async ({ store, plan, work }) => {
    const { code, events } = await work(["--minutes", "0.3"]);
    assert.equal(code, 0);
    assert.match(events.at(-1)!.why, /^its time is over/);
    assert.equal((await findArtifact(store, plan.steps.at(-1)!.key)).state, "missing");
    const under = (type: string) => events.filter((event) => event.type === type).length;
    assert.equal(under("started"), under("done") + under("given back"));
    assert.deepEqual([...Deno.readDirSync(`${store.root}/claims`)], []);
  }, { epochs: 500_000 }));

Deno.test("a worker refuses a plan that other code made, and one that is not there, naming it", () =>
  withPlan(async ({ store, plan, id }) => {
    const other = await writePlan(store, {
      head: { ...(await readHead(store, id)), project: "/elsewhere" },
      steps: plan.steps.map((step) => ({
        ...{ step, code: "other", seconds: 1, place: 1, bytes: 1, memory: little, of: [] },
      })),
    });
    const refused = (ran: Ran, message: RegExp) => {
      assert.equal(ran.code, 2, ran.stdout + ran.stderr);
      assert.match(ran.stderr, message);
    };
    refused(
      await command(...worker(store, other)),
      new RegExp(
        `error: Plan ${other}: it was made by other code .*Start the worker in /elsewhere`,
      ),
    );
    refused(await command(...worker(store, "nope")), /error: --plan: there is no plan "nope"/);
    const none = { root: `${store.root}-none` };
    refused(
      await command(...worker(none, id)),
      /error: --plan: there is no plan ".*" in the store/,
    );
    await assert.rejects(Deno.stat(none.root), Deno.errors.NotFound);
    refused(
      await command(...worker(store, id), "--kinds", "ingst", "--minutes", "0"),
      /--minutes.*\n(.*\n)?.*--kinds: "ingst" is not known|--kinds: "ingst".*\n.*--minutes/,
    );
  }));

async function readHead({ root }: Store, id: string): Promise<PlanHead> {
  const text = await Deno.readTextFile(`${root}/plans/${id}/plan.jsonl`);
  return JSON.parse(text.slice(0, text.indexOf("\n")));
}

Deno.test("a worker does not try again what failed, unless it is told to, and ends with 1 where a step failed with it", () =>
  withPlan(async ({ plan, store, work }) => {
    const [ingest] = plan.steps;
    const first = await work();
    assert.deepEqual([first.code, done(first.events)], [1, []]);
    const [attempt] = await attemptsAt(store, ingest!.key);
    assert.deepEqual([attempt!.end?.how, attempt!.end?.kind], ["failed", "bad input"]);
    const second = await work();
    assert.equal(second.events.filter(({ type }) => type === "started").length, 0);
    const third = await work(["--retry-failed"]);
    assert.equal(third.events.filter(({ type }) => type === "started").length, 1);
  }, { head: { bindings: {} } }));
