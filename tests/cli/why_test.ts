import assert from "node:assert/strict";
import { whyLines } from "@/lib/cli/why.ts";
import { makeStep, type Step } from "@/lib/plan/mod.ts";
import {
  type Change,
  type Explanation,
  type Freshness,
  type Manifest,
  openStore,
  putArtifact,
} from "@/lib/store/mod.ts";
import { command, withFolder } from "@/tests/cli/command.ts";

const images = makeStep(
  { kind: "ingest", spec: { dataset: "d", form: "world", pixels: 24 }, needs: {} },
  "species at 24 px",
) as Step;
const subsets = [1, 2, 3, 4, 5].map((seed) =>
  makeStep(
    { kind: "subset", spec: { size: 2, seed }, needs: { images: images.key } },
    `two, seed ${seed}`,
  ) as Step
);

const recipe = { of: "recipe", within: [], path: "size", was: 3, is: 2 } as const;

/** An explanation of a step that was never worked, or otherwise as it is told. */
function explained(step: Step, more: Partial<Explanation> = {}): Explanation {
  const status = { freshness: "missing" as Freshness, detail: "never worked" };
  return { step, status, changes: [], unknownCode: false, waits: [], ...more };
}

const compared = {
  key: "c".repeat(64),
  code: "0123456789",
  made: { at: "2026-01-01T00:00:00.000Z", host: "h" },
} as unknown as Manifest;

function linesOf(...all: readonly Explanation[]): readonly string[] {
  return whyLines(all, { study: { underWay: new Map() }, asked: [] });
}

Deno.test("whyLines() tells steps that changed alike together, and what merely follows in a line", () => {
  const changed = subsets.map((step) => explained(step, { compared, changes: [recipe] }));
  const follows = explained(images, {
    waits: ["images"],
    changes: [{ ...recipe, within: ["images"] }],
  });
  const [one, two, three] = subsets as readonly Step[] as [Step, Step, Step];
  assert.deepEqual(linesOf(...changed, follows), [
    "",
    ...[one, two, three].map(({ key, label }) => `subset ${key.slice(0, 12)}: ${label}`),
    "and 2 more steps for the same reason",
    "  missing: never worked",
    `  the nearest that is there: ${"c".repeat(12)}, made 2026-01-01T00:00:00.000Z on h`,
    "  recipe  size  was 3, is 2",
    "",
    "1 step to run because their inputs are: 1 ingest",
  ]);
});

Deno.test("whyLines() tells all of a step that was asked for, what merely follows too", () => {
  const follows = explained(images, {
    compared,
    waits: ["encoder"],
    changes: [{ ...recipe, within: ["encoder", "subset"] }],
  });
  const lines = whyLines([follows], { study: { underWay: new Map() }, asked: [images.key] });
  assert.deepEqual(lines.slice(2, 4), [
    "  missing: never worked",
    "  to run first: encoder",
  ]);
  assert.equal(lines.at(-1), "  recipe of its encoder's subset  size  was 3, is 2");
});

Deno.test("whyLines() says of each change what it is of, and how it was and is", () => {
  const hash = "ab".repeat(32);
  const changes: readonly Change[] = [
    { of: "code", within: [], path: "lib/a.ts", was: "1", is: "2" },
    { of: "code", within: [], path: "lib/b.ts", is: "2" },
    { of: "code", within: [], path: "lib/c.ts", was: "1" },
    { of: "package", within: [], path: "zod", was: "npm:zod@4.0.0", is: "npm:zod@4.0.1" },
    { of: "content", within: [], path: "images", was: hash, is: "cd".repeat(32) },
    { of: "recipe", within: ["encoder", "subset"], path: "size", was: 1, is: null },
    { of: "recipe", within: [], path: "network", is: { width: 8 } },
  ];
  assert.deepEqual(linesOf(explained(images, { changes, compared })).slice(4), [
    "  code  lib/a.ts  changed",
    "  code  lib/b.ts  new",
    "  code  lib/c.ts  gone",
    "  package  zod  was npm:zod@4.0.0, is npm:zod@4.0.1",
    "  content  images  was abababababab, is cdcdcdcdcdcd",
    "  recipe of its encoder's subset  size  was 1, is null",
    '  recipe  network  was absent, is {"width":8}',
  ]);
});

Deno.test("whyLines() says what it does not know: what code was, and what to compare with", () => {
  assert.match(
    linesOf(explained(images, { compared, unknownCode: true })).join("\n"),
    /which modules changed is not known: the store has no list of what code 01234567 was$/m,
  );
  assert.deepEqual(linesOf(explained(images)).slice(2), [
    "  missing: never worked",
    "  the store has no ingest step to compare it with",
  ]);
});

Deno.test("why tells of a condition's steps, and of one step by its name, what they differ in", () =>
  withFolder(async (folder) => {
    const root = `${folder}/store`;
    const why = (...words: string[]) =>
      command("why", ...words, "--scale", "smoke", "--seeds", "1", "--store", root);
    const name = "simclr species (1M) -> linear species (all)";
    const missing = await why(name, "data-domain");
    assert.equal(missing.code, 0, missing.stderr);
    assert.match(
      missing.stdout,
      /^store: .*, not there yet\nsimclr .*: to run, 7 of 7 steps$/m,
    );
    assert.match(
      missing.stdout,
      /^ingest [0-9a-f]{12}: .*\n {2}missing: not run yet\n {2}the sto/m,
    );
    assert.match(missing.stdout, /^\d steps to run because their inputs are: .*1 pretrain/m);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), [], "it makes no store");

    // A subset of another size, as if it had been worked.
    const shown = await command(
      ...["show", "subset species (1M), seed 1", "data-domain"],
      ...["--scale", "smoke", "--seeds", "1", "--store", root],
    );
    const [, recipe] = /recipe (.*)/.exec(shown.stdout)!, spec = JSON.parse(recipe!);
    const [, needed] = /reads images ([0-9a-f]{12})/.exec(shown.stdout)!;
    const key = "e".repeat(64), images = needed!.padEnd(64, "0");
    await putArtifact<"subset">(await openStore(root), key, async (place) => {
      await Deno.writeFile(`${place}/indices.u32`, new Uint8Array(4));
      return {
        key,
        kind: "subset",
        spec: { ...spec, seed: 9 },
        needs: { images: { key: images, content: "" } },
        code: "",
        info: { images: 1 },
        made: { at: "2026-01-01T00:00:00.000Z", seconds: 3, host: "h", machine: {}, command: "" },
      };
    });
    const step = await why("subset species (1M), seed 1", "data-domain");
    assert.equal(step.code, 0, step.stderr);
    assert.match(step.stdout, /subset [0-9a-f]{12}: species \(1M\), seed 1\n {2}missing: not run/);
    assert.match(step.stdout, /^ {2}the nearest that is there: e{12}, made 2026-01-01T/m);
    assert.match(step.stdout, /^ {2}recipe {2}seed {2}was 9, is 1$/m);

    const none = await why("subset spezies", "data-domain");
    assert.equal(none.code, 2);
    assert.match(none.stderr, /^error: Command line: no condition at scale smoke has /);
  }));
