import assert from "node:assert/strict";
import { type Method, scaleOf } from "@/dsl/mod.ts";
import { makeStep, stepKinds } from "@/lib/plan/mod.ts";
import { filesIn, fingerprintOf, readCode, type ReadFile } from "@/lib/run/mod.ts";
import { partsHash } from "@/lib/store/mod.ts";

Deno.test("fingerprintOf() changes with a module reached at second hand and with a package's version", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const put = (name: string, text: string) => Deno.writeTextFile(`${folder}/${name}`, text);
    await put("deno.json", '{"imports":{"sharp":"npm:sharp@1"}}');
    await put("a.ts", 'import { b } from "@/b.ts";\n');
    await put("b.ts", 'import sharp from "sharp";\nexport const b = 1;\n');
    await put("other.ts", "export const other = 1;\n");
    const before = await fingerprintOf(filesIn(folder), "a.ts");
    await put("other.ts", "export const other = 2;\n");
    assert.equal(await fingerprintOf(filesIn(folder), "a.ts"), before);
    await put("b.ts", '// new\nimport sharp from "sharp";\nexport const b = 1;\n');
    assert.equal(await fingerprintOf(filesIn(folder), "a.ts"), before);
    await put("b.ts", 'import sharp from "sharp";\nexport const b = 2;\n');
    const after = await fingerprintOf(filesIn(folder), "a.ts");
    assert.notEqual(after, before);
    await put("deno.json", '{"imports":{"sharp":"npm:sharp@2"}}');
    assert.notEqual(await fingerprintOf(filesIn(folder), "a.ts"), after);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("fingerprintOf() changes with what is imported at run time", async () => {
  const files: Record<string, string> = {
    "deno.json": '{"imports":{}}',
    "a.ts": 'export const a = () => import("@/b.ts");\n',
    "b.ts": "export const b = 1;\n",
  };
  const read: ReadFile = (path) => Promise.resolve(files[path]!);
  const before = await fingerprintOf(read, "a.ts");
  files["b.ts"] = "export const b = 2;\n";
  assert.notEqual(await fingerprintOf(read, "a.ts"), before);
});

const { network } = scaleOf("smoke");
const training = (method: Method) =>
  makeStep(
    { kind: "pretrain", spec: { method, network, seed: 1 }, needs: { images: [], subset: [] } },
    method,
  );

/** A project whose trainings load their objectives by a registry of these members. */
function projectOf(members: readonly string[]): Record<string, string> {
  const lines = members.map((name) =>
    `  ${name}: async () => (await import("@/lib/objective/${name}.ts")).${name},\n`
  );
  return {
    "deno.json": '{"imports":{}}',
    ...Object.fromEntries(stepKinds.map((kind) => [`lib/run/kinds/${kind}.ts`, ""])),
    "lib/run/kinds/pretrain.ts": 'import { objectives } from "@/lib/objective/mod.ts";\n',
    "lib/objective/mod.ts": `export const objectives = {\n${lines.join("")}};\n`,
    ...Object.fromEntries(members.map((name) => [`lib/objective/${name}.ts`, `"${name}";`])),
  };
}

async function codesOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const code = await readCode((path) => Promise.resolve(files[path]!));
  return (["simclr", "moco", "none"] as const).map((method) => code(training(method)));
}

Deno.test("readCode() covers of a registry what a step's recipe names, and no member beside it", async () => {
  const before = await codesOf(projectOf(["simclr", "moco"]));
  assert.equal(new Set(before).size, 3);
  const more = await codesOf(projectOf(["fresh", "simclr", "moco", "newest"]));
  assert.deepEqual(more, before);
  const files = projectOf(["simclr", "moco"]);
  const [simclr, moco, none] = await codesOf({ ...files, "lib/objective/moco.ts": '"other";' });
  assert.deepEqual([simclr, none], [before[0], before[2]]);
  assert.notEqual(moco, before[1]);
  // What is no member belongs to all.
  const registry = `${files["lib/objective/mod.ts"]}export const more = 1;`;
  const all = await codesOf({ ...files, "lib/objective/mod.ts": registry });
  assert.ok(all.every((one, i) => one !== before[i]));
});

Deno.test("readCode() refuses a recipe whose variant no registry has", async () => {
  await assert.rejects(codesOf(projectOf(["simclr"])), /mod\.ts has no member moco/);
});

Deno.test("readCode() tells what a step's fingerprint is the hash of, module by module", async () => {
  const files = projectOf(["simclr", "moco"]);
  const code = await readCode((path) => Promise.resolve(files[path]!));
  const step = training("moco"), parts = code.parts(step);
  assert.deepEqual(Object.keys(parts).sort(), [
    "lib/objective/moco.ts",
    "lib/objective/mod.ts",
    "lib/run/kinds/pretrain.ts",
  ]);
  assert.equal(partsHash(parts), code(step));
});
