import assert from "node:assert/strict";
import { exists, namesIn } from "@/lib/base/files.ts";
import { codeFiles, filesIn, freezeCode, frozenFolder, readCode, starter } from "@/lib/run/mod.ts";
import { makeStep } from "@/lib/plan/mod.ts";
import { openStore } from "@/lib/store/mod.ts";
import { withProject } from "@/tests/cli/project.ts";

const steps = [
  makeStep(
    { kind: "ingest", spec: { dataset: "d", form: "image-folder", pixels: 16 }, needs: {} },
    "ingest",
  ),
  makeStep({ kind: "subset", spec: { size: 4, seed: 1 }, needs: { images: "0" } }, "subset"),
];

/** The fingerprints of a project's code. */
async function printsOf(root: string): Promise<readonly string[]> {
  return steps.map(await readCode(filesIn(root)));
}

Deno.test("frozen code has the fingerprints of the project, and keeps them when it is edited", () =>
  withProject({ "experiments/mine.ts": "export {};\n", "experiments/a.png": "" }, async (root) => {
    const store = await openStore(`${root}/store`);
    const folder = await freezeCode(store, root);
    assert.equal(folder, await frozenFolder(store, await codeFiles(root)));
    assert.deepEqual(await printsOf(folder), await printsOf(root));
    assert.ok(await exists(`${folder}/${starter}`));
    assert.deepEqual(await namesIn(`${folder}/experiments`), ["mine.ts"]);
    assert.equal(await exists(`${folder}/lib/README.md`), false);
    assert.equal(await freezeCode(store, root), folder);

    const before = await Deno.readTextFile(`${folder}/experiments/mine.ts`);
    await Deno.writeTextFile(`${root}/experiments/mine.ts`, "export const a = 1;\n");
    assert.equal(await Deno.readTextFile(`${folder}/experiments/mine.ts`), before);
    assert.notEqual(await freezeCode(store, root), folder);
  }));

Deno.test("frozen code runs with nothing but the store: no project, no home, no cache of Deno's", () =>
  withProject({ "experiments/mine.ts": "export {};\n" }, async (root) => {
    const store = await openStore(`${root}/store`);
    const folder = await freezeCode(store, root);
    for (const name of ["deno.json", "dsl", "lib", "experiments"]) {
      await Deno.remove(`${root}/${name}`, { recursive: true });
    }
    const { stderr } = await new Deno.Command("sh", {
      args: [`${folder}/${starter}`, "--plan", "0123456789abcdef"],
      clearEnv: true,
      // Nothing can be fetched through it.
      env: {
        PATH: "/usr/bin:/bin",
        TMPDIR: root,
        HTTPS_PROXY: "http://127.0.0.1:9",
        NO_COLOR: "1",
      },
    }).output();
    assert.match(
      new TextDecoder().decode(stderr),
      /^error: --plan: there is no plan "0123456789abcdef" in the store /,
    );
  }));
