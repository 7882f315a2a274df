import assert from "node:assert/strict";
import type { GcOptions } from "@/lib/cli/gc.ts";
import { prepareStudy } from "@/lib/cli/study.ts";
import { little, makeStep, type Step } from "@/lib/plan/mod.ts";
import { keepNote, writePlan } from "@/lib/run/mod.ts";
import {
  artifactKeys,
  findStore,
  leaseStep,
  openStore,
  putArtifact,
  type Store,
} from "@/lib/store/mod.ts";
import { command, type Ran, root } from "@/tests/cli/command.ts";
import { withProject } from "@/tests/cli/project.ts";
import { storedHead } from "@/tests/run/stored_plan.ts";

const experimentText = `
import { domain, experiment, linear, simclr, trial } from "@/dsl/mod.ts";
export const own = experiment({
  id: "own",
  title: "t",
  question: "q",
  reference: "r",
  trials: [trial(simclr(domain("species", "50k")), linear("species"))],
});
`;

/** A subset that no experiment asks for. */
const unasked = makeStep(
  { kind: "subset", spec: { size: 2, seed: 3 }, needs: { images: "i" } },
  "two",
) as Step;

/** The line of a plan that asks for it. */
const unaskedLine = {
  step: unasked,
  code: "c",
  seconds: 1,
  place: 0,
  bytes: 1,
  memory: little,
  of: [0],
};

/** Puts an artifact of a kind that tells little, as if it had been worked. */
async function put(store: Store, key: string, command: string): Promise<void> {
  await putArtifact<"subset">(store, key, async (place) => {
    await Deno.writeTextFile(`${place}/data`, "x".repeat(2000));
    const made = { at: "2026-01-01T00:00:00Z", seconds: 1, host: "h", machine: {}, command };
    const spec = { size: 2, seed: 3 };
    return { key, kind: "subset", spec, needs: {}, code: "", info: { images: 2 }, made };
  });
}

// Says what `gc` throws as the command line does.
const program = `
import { gc } from "@/lib/cli/gc.ts";
import { inputErrorsIn } from "@/lib/base/errors.ts";
const [options, project] = JSON.parse(Deno.args[0]);
await gc(options, project).catch((error) => {
  const told = inputErrorsIn(error);
  if (told.length === 0) throw error;
  for (const { message } of told) console.error(message);
  Deno.exitCode = 2;
});`;

interface Bench {
  readonly store: Store;
  /** The key of the artifact that the experiment asks for. */
  readonly asked: string;
  readonly gc: (options?: Partial<GcOptions>) => Promise<Ran>;
}

/** A project with one experiment, and a store with one artifact that it asks for at a seed of its own, and one that nothing does. */
async function withGarbage(
  body: (bench: Bench) => Promise<void>,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  await withProject({ "experiments/own.ts": experimentText, ...more }, async (project) => {
    const store = await openStore(`${project}/store`);
    const gc = async (own: Partial<GcOptions> = {}): Promise<Ran> => {
      const none = { scale: ["smoke"], data: [], pin: [], unpin: [], perform: false };
      const options = { ...none, store: store.root, ...own };
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["eval", "--frozen", program, JSON.stringify([options, project])],
        cwd: root,
        env: { NO_COLOR: "1" },
      }).output();
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
      return { code, stdout: text(stdout), stderr: text(stderr) };
    };
    const study = await prepareStudy(["own"], {
      ...{ scale: "smoke", all: false, allow: [], store: store.root, figures: "full" },
      ...{ seeds: { first: 3, count: 1 }, untilDecided: false, trustCode: false, json: false },
    }, { root: project, open: findStore });
    const asked = study.plan.steps.find(({ kind, spec }) => kind === "subset" && "seed" in spec)!;
    await put(store, asked.key, "deno task reproduce own --seeds 3-3");
    await put(store, unasked.key, "deno task reproduce gone");
    await body({ store, asked: asked.key, gc });
  });
}

Deno.test("gc says what no experiment asks for, by kind and by command, and removes it when it is told to", () =>
  withGarbage(async ({ store, asked, gc }) => {
    const { code, stdout, stderr } = await gc();
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^kept: 1 artifact$/m);
    assert.match(stdout, /^nothing asks for 1 artifact, 2\.\d kB:\n {2}subset: 1 step, 2\.\d kB$/m);
    assert.match(stdout, /^ {2}deno task reproduce gone: 1 step, .*, the last of 2026-01-01$/m);
    assert.ok(!stdout.includes("--seeds 3-3"));
    assert.match(stdout, /^--perform removes these 2\.\d kB$/m);
    assert.equal((await artifactKeys(store)).length, 2);

    assert.match((await gc({ perform: true })).stdout, /^removed 2\.\d kB$/m);
    assert.deepEqual(await artifactKeys(store), [asked]);
    assert.match((await gc({ perform: true })).stdout, /^nothing would go$/m);
  }));

Deno.test("gc says in one sentence of a scale which experiments keep nothing there, and why", () =>
  withGarbage(async ({ store, gc }) => {
    const { code, stderr } = await gc({ perform: true });
    assert.equal(code, 0, stderr);
    assert.match(
      stderr,
      /^nothing is kept for large at scale smoke, where this cannot be run: 9999 images of species are /,
    );
    assert.equal(stderr.trim().split("\n").length, 1);
    assert.equal((await artifactKeys(store)).length, 1, "what the other experiment asks for stays");
  }, {
    "experiments/large.ts": experimentText.replace('id: "own"', 'id: "large"')
      .replace("const own", "const large").replace('"50k"', "images(9999)")
      .replace("experiment, linear", "experiment, images, linear"),
  }));

Deno.test("gc keeps what experiments reach at the named scales alone", () =>
  withGarbage(async ({ store, gc }) => {
    const { stdout } = await gc({ scale: ["mini"], perform: true });
    assert.match(stdout, /^nothing asks for 2 artifacts/m);
    assert.deepEqual(await artifactKeys(store), []);
  }));

Deno.test("gc keeps what is pinned, of an experiment too, until it is pinned no longer", () =>
  withGarbage(async ({ store, asked, gc }) => {
    const pinned = await gc({ pin: [unasked.key.slice(0, 8), "own"] });
    assert.equal(pinned.code, 0, pinned.stderr);
    assert.equal(
      pinned.stdout,
      `pinned ${unasked.key.slice(0, 12)}: 1 artifact stay\npinned own: 1 artifact stay\n`,
    );
    const kept = await gc({ scale: ["mini"], perform: true });
    assert.match(kept.stdout, /^nothing would go$/m);
    assert.match(kept.stdout, new RegExp(`^pinned: .*own`, "m"));
    assert.equal((await gc({ unpin: ["own"] })).stdout, "own is pinned no longer\n");
    await gc({ scale: ["mini"], perform: true });
    assert.deepEqual(await artifactKeys(store), [unasked.key]);
    assert.ok(asked !== unasked.key);
  }));

Deno.test("gc refuses pins that name nothing, and tells those that there are", () =>
  withGarbage(async ({ gc }) => {
    const nothing = await gc({ pin: ["owl"] });
    assert.equal(nothing.code, 2);
    assert.match(
      nothing.stderr,
      /^--pin: the store holds nothing of "owl"\. Give the first digits of a key, or one of own$/m,
    );
    await gc({ pin: ["own"] });
    const gone = await gc({ unpin: ["owl"] });
    assert.match(gone.stderr, /^--unpin: no pin is named "owl"\. There are own$/m);
  }));

Deno.test("gc keeps what a plan asks for that a worker is at, with what it was made from, until the worker leaves", () =>
  withGarbage(async ({ store, gc }) => {
    const plan = await writePlan(store, { head: storedHead, steps: [unaskedLine] });
    const note = await keepNote(store, plan, { device: "cpu", jobs: 1 });
    const kept = await gc({ perform: true });
    assert.equal(kept.code, 0, kept.stderr);
    assert.match(kept.stdout, new RegExp(`^nothing would go\\nplan ${plan} is kept with all`, "m"));
    await note.end("nothing left");
    assert.match((await gc({ perform: true })).stdout, /^removed 2\.\d kB$/m);
    assert.equal((await artifactKeys(store)).length, 1);
  }));

Deno.test("gc keeps what a question asked for as long as its plan is there, without a worker too", () =>
  withGarbage(async ({ store, gc }) => {
    const command = "deno task ask --data mine.yaml";
    const experiments = [{ id: "ask-pond", title: "Which encoder for pond?" }];
    const head = { ...storedHead, experiments, command };
    const plan = await writePlan(store, { head, steps: [unaskedLine] });
    const note = await keepNote(store, plan, { device: "cpu", jobs: 1 });
    await note.end("nothing left");
    const kept = await gc({ perform: true });
    assert.equal(kept.code, 0, kept.stderr);
    assert.match(
      kept.stdout,
      new RegExp(`^nothing would go\\nplan ${plan} is kept .*: ${command} asked for them$`, "m"),
    );
    assert.equal((await artifactKeys(store)).length, 2);
  }));

Deno.test("gc removes nothing beside a worker of which it does not know what it reads", () =>
  withGarbage(async ({ store, gc }) => {
    const lease = await leaseStep(store, "d".repeat(64));
    try {
      const { code, stderr, stdout } = await gc({ perform: true });
      assert.equal(code, 2);
      assert.match(stdout, /^step d{12} is held by a process, and no experiment or plan asks/m);
      assert.match(
        stderr,
        /a process runs 1 step that no experiment or plan asks for, .*; nothing was removed$/m,
      );
      assert.equal((await artifactKeys(store)).length, 2);
    } finally {
      await lease!.release();
    }
  }));

Deno.test("gc takes a scale several times, and refuses one that is none", async () => {
  const { code, stderr } = await command("gc", "--scale", "mini", "--scale", "tiny");
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^error: --scale: "tiny" is not known\. .*Choose among smoke, mini, small, paper\n$/,
  );
});
