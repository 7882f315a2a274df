import assert from "node:assert/strict";
import { floorNames, methodNames } from "@/dsl/mod.ts";
import { inputErrorsIn } from "@/lib/base/errors.ts";
import { checkTypes } from "@/lib/cli/check_types.ts";
import { soundExperiments } from "@/lib/cli/experiments.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { boundRoles } from "@/lib/cli/roles.ts";
import { prepareStudy } from "@/lib/cli/study.ts";
import { openStore } from "@/lib/store/mod.ts";
import { root } from "@/tests/cli/command.ts";
import { withMemory, withProject } from "@/tests/cli/project.ts";

const head =
  `import { claim, domain, experiment, grid, linear, mean, role, simclr } from "@/dsl/mod.ts";\n`;
const declare = (id: string, { on = `"species"`, more = "" } = {}) =>
  `export const own = experiment({ id: "${id}", title: "t", question: "q", reference: "none",\n` +
  `  trials: grid([simclr(domain(${on}, "50k"))], [linear(${on})]),${more}\n});\n`;

/** All that is wrong with a project, a line each, with places from its folder. */
async function wrongIn(project: string): Promise<readonly string[]> {
  try {
    await soundExperiments(project);
    return [];
  } catch (error) {
    const told = inputErrorsIn(error);
    if (told.length === 0) throw error;
    return told.map(({ message }) => message.replaceAll(`${project}/`, ""));
  }
}

Deno.test("constructors, the compiler and selections tell all at once, each mistake in one sentence", () =>
  withProject({
    "experiments/a.ts": head + declare("a", { more: ` seeds: "two",` }) +
      `const spare: number = "3";\n`,
    "experiments/b.ts": head + declare("b", {
      more: `\n  claims: [claim({ id: "c", statement: "s", term: mean({ probe: "knn" }) }),\n` +
        `    claim({ id: "d", statement: "s", term: mean({ method: "moc" }) })],`,
    }),
    "experiments/c.ts": `import { domainn } from "@/dsl/mod.ts";\nexport const c = 1;\n`,
  }, async (project) => {
    assert.deepEqual(await wrongIn(project), [
      'experiments/a.ts:2: experiment(): seeds is "two". Give 1, 2, 3, …',
      wrongType("a.ts:3", "Type 'string' is not assignable to type 'number'"),
      wrongType("a.ts:5", "Type 'string' is not assignable to type 'number'"),
      'experiments/b.ts:4: claim "c": mean() selects none of the experiment\'s 1 trials: probe "knn" excludes all. Correct it, or add a trial; the trials that fit otherwise have "linear"',
      'experiments/b.ts:5: mean(): method "moc" is not known. Did you mean "moco"? Choose among ' +
      `${[...methodNames, ...floorNames].join(", ")}, checkpoint, none`,
      "experiments/c.ts:1: '\"dsl/mod.ts\"' has no exported member named 'domainn'. Did you mean 'domain'?",
    ]);
  }));

Deno.test("a word where a role of one's own is meant is told how that is written", () =>
  withProject({
    "experiments/a.ts": head + declare("a") +
      `export const pond = [domain(role("pond")), domain("pond")];\nmean({ pretrain: "pond" });\n`,
  }, async (project) => {
    const wrong = await wrongIn(project);
    assert.deepEqual(wrong.map((one) => one.replace(/^.*?\. /, "")), [
      'Choose among objects, species, scenes, aerial, or write role("pond") for your own',
      'Choose among objects, species, scenes, aerial, or write role("pond") for your own',
    ]);
  }));

Deno.test("what is wrong with figures is told by its line too, beside what is wrong with claims", () =>
  withProject({
    "experiments/a.ts": head.replace("experiment,", "experiment, figure,") + declare("a", {
      more: `\n  claims: [claim({ id: "c", statement: "s", term: mean({ probe: "knn" }) })],\n` +
        `  figures: [\n    figure.lines({ x: "labels" }),\n    figure.dots({ y: "metod" as "method" }),\n` +
        `    figure.table(),\n  ],`,
    }),
  }, async (project) => {
    assert.deepEqual((await wrongIn(project)).map((one) => one.split(". ")[0]), [
      'experiments/a.ts:4: claim "c": mean() selects none of the experiment\'s 1 trials: probe "knn" excludes all',
      'experiments/a.ts:6: figure.lines(): the factor "labels" does not vary: all that is shown has "all"',
      'experiments/a.ts:7: figure.dots(): y "metod" is not known',
    ]);
  }));

Deno.test("a term or a check that is none is told by itself, and nothing of it is selected", () =>
  withProject({
    "experiments/a.ts":
      head.replace("claim,", "claim, difference, each, flattened, ratio, share,") +
      `// deno-lint-ignore-file no-explicit-any\n` +
      declare("a", {
        more: `\n  claims: [\n` + [
          `difference(mean({ method: each }), 0.5 as any)`,
          `ratio(0 as any, mean({ method: each }))`,
          `share({ method: each }, undefined as any, { classes: 2 })`,
          `mean(undefined as any)`,
        ].map((term, i) => `    claim({ id: "c${i}", statement: "s", term: ${term} }),\n`).join(
          "",
        ) +
          `    claim({ id: "d", statement: "s", term: mean({}), checks: [flattened(null as any)] }),\n` +
          `  ],`,
      }),
  }, async (project) => {
    assert.deepEqual((await wrongIn(project)).map((one) => one.split(". ")[0]), [
      "experiments/a.ts:6: difference(): right is 0.5",
      "experiments/a.ts:7: ratio(): of is 0",
      "experiments/a.ts:8: share(): right is missing",
      "experiments/a.ts:9: mean(): the selection is missing",
      "experiments/a.ts:10: flattened(): the selection is null",
    ]);
  }));

function wrongType(place: string, what: string): string {
  return `experiments/${place}: ${what}. Correct this line; deno check experiments says more`;
}

for (const [file, id] of [["README.md", "few-images"], ["dsl/README.md", "soft-loss"]] as const) {
  Deno.test(`the experiment of ${file} is sound, its types too, and is planned at every scale of a laptop`, async () => {
    const readme = await Deno.readTextFile(`${root}/${file}`);
    const [, text] = /```ts\n((?:(?!```)[^])*experiment\(\{[^]*?)```/.exec(readme)!;
    await withProject({ "experiments/own.ts": text! }, async (project) => {
      assert.deepEqual(await wrongIn(project), []);
      for (const scale of ["smoke", "mini"] as const) {
        const options = { ...optionsIn(project), scale, figures: "full" as const };
        const { experiments, plan, leftOut } = await prepareStudy([id], options, {
          root: project,
          open: openStore,
        });
        assert.deepEqual([experiments.map((one) => one.id), leftOut], [[id], []]);
        assert.ok(plan.steps.length > 0);
      }
    });
  });
}

Deno.test("a file that cannot be read, or imports what is not there, is told beside what is wrong elsewhere", () =>
  withProject({
    "experiments/a.ts": `export const a = ;\n`,
    "experiments/b.ts": `import { b } from "./nowhere.ts";\nexport const c = b;\n`,
    "experiments/c.ts": `export const c: number = "3";\n`,
  }, async (project) => {
    const wrong = await wrongIn(project);
    assert.equal(wrong.length, 3, wrong.join("\n"));
    assert.match(wrong[0]!, /^experiments\/a\.ts:1: .*Expression expected\. Correct this line$/);
    assert.match(wrong[1]!, /^experiments\/b\.ts:1: .*Module not found.*nowhere\.ts.*Correct this/);
    assert.match(wrong[2]!, /^experiments\/c\.ts:1: Type 'string' is not assignable/);
  }));

Deno.test("types that were right are not checked again until something changes, and a memory that cannot be written does no harm", () =>
  withProject({ "experiments/a.ts": head + declare("a") }, async (project) => {
    const files = [`${project}/experiments/a.ts`];
    const { execPath } = Deno;
    const without = async (body: () => Promise<void>) => {
      Deno.execPath = () => `${project}/no-deno`;
      try {
        await body();
      } finally {
        Deno.execPath = execPath;
      }
    };
    await withMemory(`${project}/memory`, async () => {
      assert.deepEqual(await checkTypes(project, files), []);
      await without(async () => {
        assert.deepEqual(await checkTypes(project, files), [], "remembered");
        await Deno.writeTextFile(files[0]!, "const changed = 1;\n", { append: true });
        await assert.rejects(checkTypes(project, files), "asks the compiler again");
      });
    });
    await withMemory(`${project}/deno.json/no-folder`, async () => {
      assert.deepEqual(await checkTypes(project, files), []);
    });
  }));

Deno.test("types are checked again where a file has changed that an experiment imports, however far away", () =>
  withProject({
    "experiments/a.ts": `import { far } from "../mine/near.ts";\n` +
      `import type { Held } from '@/experiments/mod.ts';\n` + head + declare("a") +
      `export const held: Held = far;\n`,
    "experiments/mod.ts": `export type Held = number;\n`,
    "mine/near.ts": `export * from "./far/far.ts";\n`,
    "mine/far/far.ts": `export const far = 1;\n`,
  }, (project) =>
    withMemory(`${project}/memory`, async () => {
      const files = [`${project}/experiments/a.ts`];
      const check = () => checkTypes(project, files);
      assert.deepEqual(await check(), []);
      await Deno.writeTextFile(`${project}/mine/far/far.ts`, `export const far = "one";\n`);
      assert.equal((await check()).length, 1, "a helper beside experiments");
      await Deno.writeTextFile(`${project}/experiments/mod.ts`, `export type Held = string;\n`);
      assert.deepEqual(await check(), []);
      await Deno.writeTextFile(`${project}/experiments/mod.ts`, `export type Held = boolean;\n`);
      assert.equal((await check()).length, 1, "a border, of which types alone are taken");
    })));

Deno.test("what cannot be planned is told at the line that declares the trial, in a helper too", () =>
  withProject({
    "experiments/a.ts": `import { images, trial } from "@/dsl/mod.ts";\n` +
      `import { far } from "./more/far.ts";\n` + head +
      `const many = trial(\n  simclr(domain("species", images(9000))),\n  linear("species"),\n);\n` +
      `export const own = experiment({ id: "a", title: "t", question: "q", reference: "none",\n` +
      `  trials: [many], beyond: far });\n`,
    "experiments/more/far.ts": `import { images } from "@/dsl/mod.ts";\n` + head +
      `export const far = grid([simclr(domain("species", images(8000)))],\n` +
      `  [linear("species"), linear("scenes")]);\n`,
  }, async (project) => {
    const options = { ...optionsIn(project), all: true };
    const error = await prepareStudy(["a"], options, { root: project, open: openStore })
      .then(() => null, (thrown) => thrown);
    assert.deepEqual(
      inputErrorsIn(error).map(({ place }) => place.replaceAll(`${project}/`, "")),
      [
        'experiments/a.ts:4: condition "simclr species (9000 images) -> linear species (all)"',
        'experiments/more/far.ts:3: condition "simclr species (8000 images) -> linear species (all)" and 1 more',
      ],
    );
  }));

Deno.test("a level that the data do not have is told with those they have, of claims, checks and figures", () =>
  withProject({
    "experiments/a.ts": head.replace("claim,", "claim, figure, flattened, untrained,") +
      `export const own = experiment({ id: "a", title: "t", question: "q", reference: "none",\n` +
      `  trials: grid([simclr(domain("species", "50k")), untrained()], [linear("species")],\n` +
      `    { granularity: "all" }),\n  claims: [\n` +
      ["genus", "coarsest", "genuss"].map((level, i) =>
        `    claim({ id: "c${i}", statement: "s", term: mean({ method: "none", level: "${level}" }) }),\n`
      ).join("") +
      `    claim({ id: "d", statement: "s", term: mean({ method: "none" }),\n` +
      `      checks: [flattened({ level: "species" })] }),\n  ],\n` +
      `  figures: [\n    figure.dots({ y: "method", where: { level: "order" } }),\n` +
      `    figure.dots({ y: "method", where: { level: "ordr" } }),\n  ],\n});\n`,
  }, async (project) => {
    const at = { root: project, open: openStore };
    const error = await prepareStudy(["a"], optionsIn(project), at)
      .then(() => null, (thrown) => thrown);
    const levels = "finest, genus, family, order, class, phylum, kingdom";
    assert.deepEqual(
      inputErrorsIn(error).map(({ message }) => message.replaceAll(`${project}/`, "")),
      [
        `experiments/a.ts:8: claim "c2": mean() selects nothing: none of its conditions is scored at level "genuss". Did you mean "genus"? Choose among ${levels}`,
        `experiments/a.ts:10: claim "d": the check "flattened" selects nothing: none of its conditions is scored at level "species". Choose among ${levels}`,
        `experiments/a.ts:14: figure.dots() selects nothing: none of its conditions is scored at level "ordr". Did you mean "order"? Choose among ${levels}`,
      ],
    );
  }));

const optionsIn = (project: string): StudyOptions => ({
  scale: "smoke",
  all: false,
  allow: [],
  store: `${project}/store`,
  out: `${project}/out`,
  figures: "claims",
  untilDecided: false,
  trustCode: false,
  json: false,
});

Deno.test("an experiment binds a role of its own; all leaves out, by name, one whose role is bound to nothing", () =>
  withProject({
    "experiments/a.ts": head + declare("a"),
    "experiments/deep/b.ts": head + declare("b", {
      on: `role("plankton")`,
      more: ` data: { plankton: { dataset: "world", world: "scenes" } },`,
    }),
    "experiments/c.ts": head + declare("c", { on: `role("pond")` }),
  }, async (project) => {
    const prepare = (...ids: string[]) =>
      prepareStudy(ids, optionsIn(project), { root: project, open: openStore });
    const { experiments, leftOut, domains } = await prepare("all");
    assert.deepEqual(experiments.map(({ id }) => id), ["a", "b"]);
    assert.deepEqual(leftOut, [
      'c is left out: its role "pond" is bound to no data set in data.yaml or in its file',
    ]);
    assert.deepEqual([...domains.keys()].sort(), ["plankton", "species"]);
    await assert.rejects(prepare("c"), /role "pond" is bound to no data set/);
    await assert.rejects(prepare("all", "c"), /role "pond" is bound to no data set/);
    await assert.rejects(
      prepare("ab"),
      /experiment "ab" is not known\. .*Choose among all, a, b, c/,
    );
  }));

Deno.test("trials that get no seed, as no claim needs them, are told to be left out until figures are asked for in full", () =>
  withProject({
    "experiments/a.ts": `import { finetune } from "@/dsl/mod.ts";\n` + head +
      `const few = simclr(domain("species", "50k"));\n` +
      `export const own = experiment({ id: "a", title: "t", question: "q", reference: "none",\n` +
      `  trials: grid([few], [linear("species"), finetune("species")]),\n` +
      `  claims: [claim({ id: "c", statement: "s", term: mean({ probe: "linear" }) })],\n});\n`,
  }, async (project) => {
    const prepare = (figures: StudyOptions["figures"]) =>
      prepareStudy(["a"], { ...optionsIn(project), figures }, { root: project, open: openStore });
    const claimed = await prepare("claims"), full = await prepare("full");
    assert.deepEqual(claimed.leftOut, [
      "a: 1 trial is left out, since no claim needs it and it would train a whole network; --figures full adds it",
    ]);
    assert.ok(!claimed.plan.steps.some(({ kind }) => kind === "finetune"));
    assert.deepEqual(full.leftOut, []);
    assert.ok(full.plan.steps.some(({ kind }) => kind === "finetune"));
  }));

Deno.test("a wrong binding in an experiment's file is told with the file, and so are two of one role", () =>
  withProject({
    "experiments/a.ts": head + declare("a", {
      on: `role("plankton")`,
      more: ` data: { plankton: { dataset: "wrld", world: "scenes" } },`,
    }),
  }, async (project) => {
    const found = await soundExperiments(project);
    await assert.rejects(boundRoles(found, undefined), {
      name: "InputError",
      message: /a\.ts:2: data\.plankton\.dataset: the data set "wrld" is unknown\. Did you mean/,
    });
    const of = (world: string) => ({
      ...found.experiments[0]!,
      data: { plankton: { dataset: "world", world } },
    });
    const [one, two] = [of("scenes"), of("objects")];
    const files = new Map([[one, `${project}/one.ts`], [two, `${project}/two.ts`]]);
    const places = new Map<object, () => string>([
      [one, () => "one.ts:1"],
      [two, () => "two.ts:1"],
    ]);
    await assert.rejects(
      boundRoles({ ...found, experiments: [one, two], files, places }, undefined),
      {
        message:
          "two.ts:1: data.plankton: one.ts:1 binds this role to another data set. Use two roles, or bind this one in data.yaml, which overrides both",
      },
    );
    await Deno.writeTextFile(
      `${project}/data.yaml`,
      "plankton: { dataset: world, world: aerial }\n",
    );
    const right = { ...found, experiments: [one], files, places };
    const bound = await boundRoles(right, `${project}/data.yaml`);
    assert.deepEqual(bound.plankton, { dataset: "world", world: "aerial" });
  }));

Deno.test("wrong declarations end plan, reproduce and report before any work, without a stack, and --help is there all the same", () =>
  withProject({
    "experiments/a.ts": head + declare("a", { on: `"speceis"` }),
    "experiments/b.ts": head + declare("b", { more: ` seed: 2,` }),
  }, async (project) => {
    const run = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--quiet", "--frozen", "-A", `${project}/lib/cli/main.ts`, ...args],
        cwd: project,
        env: { NO_COLOR: "1" },
      }).output();
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
      return { code, stdout: text(stdout), stderr: text(stderr) };
    };
    for (const command of ["plan", "reproduce", "report"]) {
      const { code, stdout, stderr } = await run(command, "b", "--store", `${project}/store`);
      assert.deepEqual([code, stdout], [2, ""], stderr);
      assert.match(
        stderr,
        /^error: experiments\/a\.ts:3: domain\(\): role "speceis" .*\nerror: experiments\/a\.ts:3: linear\(\): on "speceis" .*\nerror: experiments\/b\.ts:2: experiment\(\): the field "seed" is not known; .*\n$/,
      );
    }
    await assert.rejects(Deno.stat(`${project}/store`), Deno.errors.NotFound);
    const { code, stdout } = await run("plan", "--help");
    assert.equal(code, 0);
    assert.match(stdout, /Experiments:\n {2}a {2}t\n/);
  }));
