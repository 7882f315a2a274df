import assert from "node:assert/strict";
import { inputErrorsIn } from "@/lib/base/errors.ts";
import { reach } from "@/lib/cli/gc_roots.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { prepareStudy } from "@/lib/cli/study.ts";
import { writeStudyPlan } from "@/lib/cli/study_plan.ts";
import { readPlan } from "@/lib/run/mod.ts";
import { findStore, openStore } from "@/lib/store/mod.ts";
import { withProject } from "@/tests/cli/project.ts";
import { resnet18 } from "@/tests/pretrained/resnet18.ts";

const experimentOf = (id: string, name: string) =>
  `import { checkpoint, experiment, grid, linear } from "@/dsl/mod.ts";\n` +
  `export const own = experiment({ id: "${id}", title: "t", question: "q", reference: "none",\n` +
  `  trials: grid([checkpoint("${name}")], [linear("species")]),\n});\n`;

function optionsIn(project: string, encoders?: string): StudyOptions {
  return {
    ...{ scale: "smoke", all: false, allow: [], store: `${project}/store`, figures: "claims" },
    ...{ untilDecided: false, trustCode: false, json: false },
    ...encoders !== undefined && { encoders: `${project}/${encoders}` },
  };
}

/** What is wrong with a study of a project, with places from its folder. */
async function wrongWith(project: string, ids: readonly string[], encoders?: string) {
  try {
    const at = { root: project, open: findStore };
    const { leftOut } = await prepareStudy(ids, optionsIn(project, encoders), at);
    return leftOut;
  } catch (error) {
    const told = inputErrorsIn(error);
    if (told.length === 0) throw error;
    return told.map(({ message }) => message.replaceAll(`${project}/`, ""));
  }
}

const least = "architecture: resnet18, normalisation: imagenet";

Deno.test("a checkpoint that is not named, or whose file is not the one that is meant, is told before any work", () =>
  withProject({
    "experiments/mine.ts": experimentOf("mine", "dino-r50"),
    "page.pth": "<!DOCTYPE html>",
    "other.yaml": `dino-r5: { path: page.pth, ${least} }\n`,
    "missing.yaml": `dino-r50: { path: nowhere.pth, ${least} }\n`,
    "sum.yaml": `dino-r50: { path: page.pth, sha256: ${"a".repeat(64)}, ${least} }\n`,
    "page.yaml": `dino-r50: { path: page.pth, ${least} }\nbroken: { path: nowhere.pth }\n`,
  }, async (project) => {
    const place = 'experiments/mine.ts:3: condition "checkpoint dino-r50 -> linear species (all)"';
    const wrong = (encoders?: string) => wrongWith(project, ["mine"], encoders);
    assert.deepEqual(await wrong(), [
      `${place}: checkpoint("dino-r50") is named by no file, for there is no encoders.yaml. ` +
      'Write "dino-r50: { path: …, architecture: …, normalisation: … }" into an encoders.yaml beside data.yaml, or name another file with --encoders',
    ]);
    assert.deepEqual(await wrong("other.yaml"), [
      `${place}: ${project}/other.yaml names no encoder "dino-r50". Did you mean "dino-r5"? It has dino-r5: choose one, or add it`
        .replaceAll(`${project}/`, ""),
    ]);
    assert.deepEqual(await wrong("missing.yaml"), [
      "missing.yaml:1: dino-r50.path: nowhere.pth: the file does not exist. Correct the path, or put the file there",
    ]);
    const [sum] = await wrong("sum.yaml");
    assert.match(sum!, /^sum\.yaml:1: dino-r50\.sha256: the file page\.pth has another, /);
    // Of an encoder that nobody uses nothing is looked at.
    const page = await wrong("page.yaml");
    assert.equal(page.length, 1);
    assert.match(page[0]!, /^page\.yaml: dino-r50: page\.pth: it is a page of the web/);
  }));

Deno.test("all leaves out an experiment whose checkpoint is named nowhere, and says so", () =>
  withProject({
    "experiments/mine.ts": experimentOf("mine", "dino-r50"),
    "experiments/sound.ts": `import { experiment, grid, linear, pixels } from "@/dsl/mod.ts";\n` +
      `export const sound = experiment({ id: "sound", title: "t", question: "q", reference: "none",\n` +
      `  trials: grid([pixels()], [linear("species")]),\n});\n`,
  }, async (project) => {
    const [told] = await wrongWith(project, ["all"]);
    assert.equal(told, 'mine is left out: its encoder "dino-r50" is named in no encoders.yaml');
  }));

Deno.test("a stored plan says where an encoder's file lies, and gc keeps what it was read into", () =>
  withProject({
    "experiments/mine.ts": experimentOf("mine", "own"),
    "encoders.yaml": `own: { path: own.safetensors, ${least}, pixels: 32, licence: MIT }\n`,
  }, async (project) => {
    await Deno.writeFile(`${project}/own.safetensors`, resnet18("", []));
    const options = optionsIn(project, "encoders.yaml"), store = await openStore(options.store);
    const at = { root: project, open: findStore };
    const study = await prepareStudy(["mine"], options, at);
    const [imported] = study.plan.steps.filter(({ kind }) => kind === "import");
    const id = await writeStudyPlan(study, store, {
      ...{ ids: ["mine"], command: "test", project },
      options: { ...options, backend: "tensorflow", check: false },
    });
    const { weights, options: told } = (await readPlan(store, id)).head;
    const { sha256 } = imported!.spec as { readonly sha256: string };
    const path = `${project}/own.safetensors`;
    assert.deepEqual(weights, { [sha256]: { path, licence: "MIT" } });
    assert.equal(told["encoders"], options.encoders);

    const asked = {
      scales: ["smoke"],
      data: [undefined],
      store: store.root,
      root: project,
    } as const;
    const { encoders } = options;
    const reached = await reach([], { ...asked, ...encoders !== undefined && { encoders } });
    assert.ok(reached.byExperiment.get("mine")!.has(imported!.key));
  }));
