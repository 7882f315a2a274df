import assert from "node:assert/strict";
import { dirname } from "node:path";
import { type Loaded, loadExperiments } from "@/dsl/load.ts";

const head = `import { domain, experiment, grid, linear, simclr } from "@/dsl/mod.ts";\n`;
const about = `title: "t", question: "q", reference: "none"`;
const trials = `trials: grid([simclr(domain("species", "50k"))], [linear("species")])`;
const declare = (id: string, more = "") =>
  `experiment({ id: "${id}", ${about}, ${trials}${more} })`;

/** Loads a folder of files, and gives what is wrong in them with places from that folder. */
async function load(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly loaded: Loaded; readonly wrong: readonly string[] }> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(`${folder}/${name}`), { recursive: true });
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    const loaded = await loadExperiments(folder);
    return {
      loaded,
      wrong: loaded.mistakes.map(({ message }) => message.replaceAll(`${folder}/`, "")),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("every file that exports experiments is found, in the declared order and then by ids, and helpers are none", async () => {
  const { loaded, wrong } = await load({
    "zebra.ts": `${head}export const zebra = ${declare("zebra")};\n`,
    "last.ts": `${head}export const last = ${declare("second", ", order: 2")};\n`,
    "deep/own.ts": `${head}export const a = ${declare("own")}, b = ${
      declare("first", ", order: 1")
    };\n`,
    "deep/again.ts": `export * from "./own.ts";\n`,
    "paper/values.ts": `export const values = [1, 2];\n`,
    "mod.ts": `throw new Error("a border is not read");\n`,
    "notes.md": "no script",
  });
  assert.deepEqual(wrong, []);
  assert.deepEqual(loaded.experiments.map(({ id }) => id), ["first", "second", "own", "zebra"]);
  assert.match(loaded.files.get(loaded.experiments[3]!)!, /\/zebra\.ts$/);
});

Deno.test("two experiments of one id are an error that names both files", async () => {
  const { wrong } = await load({
    "a.ts": `${head}export const a = ${declare("few")};\n`,
    "b.ts": `${head}\nexport const b = ${declare("few")};\n`,
  });
  assert.deepEqual(wrong, [
    'b.ts:3: the experiment "few" is declared in a.ts:2 too. Give one of the two another id',
  ]);
});

Deno.test("an experiment that is not exported is told", async () => {
  const { wrong } = await load({ "a.ts": `${head}const a = ${declare("few")};\n` });
  assert.deepEqual(wrong, [
    'a.ts:2: the experiment "few" is not exported. Write export const … = experiment({ … })',
  ]);
});

Deno.test("two scales of one name in two experiments are told, and one in both is none", async () => {
  const own = (id: string, pixels: number) =>
    `import { scale, smoke } from "@/dsl/mod.ts";\n${head}` +
    `const wide = scale({ ...smoke, name: "wide", pixels: ${pixels} });\n` +
    `export const own = experiment({ id: "${id}", ${about},\n` +
    `  trials: grid([simclr(domain("species", "50k"))], [linear("species")], { scale: wide }) });\n`;
  const { wrong } = await load({
    "a.ts": own("a", 20),
    "b.ts": own("b", 24),
    "c.ts": own("c", 20),
  });
  assert.deepEqual(wrong, [
    'b.ts:5: the scale "wide" is another in a.ts:5. Rename one of the two, or declare it once and import it',
  ]);
});

Deno.test("a copy of an experiment with other fields is told, as nobody has looked at them", async () => {
  const { wrong } = await load({
    "a.ts":
      `${head}export const a = ${declare("few")};\nexport const b = { ...a, id: "Few 2" };\n` +
      `export const c = experiment({ ...a, id: "few-3" });\n`,
  });
  assert.deepEqual(wrong, [
    'a.ts: the experiment "Few 2" is a copy that was not checked. Write export const … = experiment({ ...other, id: … })',
  ]);
});

Deno.test("what cannot be loaded is told at its line, once, and hides nothing of other files", async () => {
  const { wrong } = await load({
    "a.ts": `export const a = 1 +;\n`,
    "b.ts": `import { c } from "./nowhere.ts";\nexport const b = c;\n`,
    "c.ts": `${head}\nconst none: undefined | { x: 1 } = undefined;\nexport const c = none!.x;\n`,
    "d.ts": `import { helper } from "./paper/helper.ts";\nexport const d = helper;\n`,
    "paper/helper.ts": `export const helper = JSON.parse("{");\n`,
    "e.ts": `${head}export const e = ${declare("few", ", seed: 2")};\n`,
  });
  assert.deepEqual(wrong, [
    wrong[0],
    "a.ts:1: the file cannot be loaded: SyntaxError: Expression expected. Correct this line",
    'b.ts:1: the file cannot be loaded: Module not found "nowhere.ts". Correct this line',
    "c.ts:4: the file cannot be loaded: Cannot read properties of undefined (reading 'x'). Correct this line",
    wrong[4],
  ]);
  assert.match(wrong[0]!, /^e\.ts:2: experiment\(\): the field "seed" is not known; .*"seeds"\?/);
  assert.match(wrong[4]!, /^paper\/helper\.ts:1: the file cannot be loaded: Expected property/);
});

Deno.test("files are told by their names, whatever is in these", async () => {
  const names = ["a b.ts", "c#d é.ts", "e 50%.ts", "f g/h(1)?.ts"];
  const { wrong } = await load(Object.fromEntries(names.map((name, i) => [
    name,
    `${head}\nexport const a = ${declare(`Few ${i}`)};\n`,
  ])));
  assert.deepEqual(
    wrong.map((one) => one.split(" experiment():")[0]),
    names.map((name) => `${name}:3:`),
  );
});

Deno.test("a file that an experiment imports and that cannot be read is told with the experiment's file, not the loader's", async () => {
  const { wrong } = await load({
    "a.ts": `import data from "./data.json" with { type: "json" };\nexport const a = data;\n`,
    "data.json": "{",
  });
  assert.equal(wrong.length, 1);
  assert.match(wrong[0]!, /^a\.ts: the file cannot be loaded: .*JSON/);
});

Deno.test("what fails after a mistake of the same file is not told beside it", async () => {
  const { wrong } = await load({
    "a.ts": `${head}const { parts } = domain("ocean") as unknown as { parts: string[] };\n` +
      `export const first = parts[0]!.length;\n`,
  });
  assert.equal(wrong.length, 1);
  assert.match(wrong[0]!, /^a\.ts:2: domain\(\): role "ocean" is not known\./);
});
