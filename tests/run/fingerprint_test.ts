import assert from "node:assert/strict";
import { fingerprintOf, fingerprints, readModule } from "@/lib/run/mod.ts";
import { root } from "@/tests/run/fixture.ts";

Deno.test("readModule() is blind to comments and layout, and to nothing else", () => {
  const hash = (text: string) => readModule(text).hash;
  const plain = hash('const a = f(1, 2); const url = "http://x"; const r = /\\/\\/ no/;');
  assert.equal(
    plain,
    hash(
      '/** Says a. */\nconst a = f(\n  1,\n  2,\n); // why\nconst url = "http://x";\nconst r = /\\/\\/ no/;\n',
    ),
  );
  assert.notEqual(plain, hash('const a = f(1, 3); const url = "http://x"; const r = /\\/\\/ no/;'));
  assert.notEqual(plain, hash('const a = f(1, 2); const url = "http://y"; const r = /\\/\\/ no/;'));
  assert.notEqual(
    plain,
    hash('const a = f(1, 2); const url = "http://x"; const r = /\\/\\/ yes/;'),
  );
});

Deno.test("readModule() follows imports of values, not of types", () => {
  const { imports } = readModule(
    'import type { A } from "@/a.ts";\nimport {\n  type B,\n  c,\n} from "@/c.ts";\nexport * from "@/d.ts";\nexport type { E } from "@/e.ts";\nconst f = () => import("@/f.ts");\n',
  );
  assert.deepEqual(imports, ["@/c.ts", "@/d.ts", "@/f.ts"]);
});

Deno.test("fingerprintOf() changes with a module reached at second hand and with a package's version", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const put = (name: string, text: string) => Deno.writeTextFile(`${folder}/${name}`, text);
    await put("deno.json", '{"imports":{"sharp":"npm:sharp@1"}}');
    await put("a.ts", 'import { b } from "@/b.ts";\n');
    await put("b.ts", 'import sharp from "sharp";\nexport const b = 1;\n');
    await put("other.ts", "export const other = 1;\n");
    const before = await fingerprintOf(folder, "a.ts");
    await put("other.ts", "export const other = 2;\n");
    assert.equal(await fingerprintOf(folder, "a.ts"), before);
    await put("b.ts", '// new\nimport sharp from "sharp";\nexport const b = 1;\n');
    assert.equal(await fingerprintOf(folder, "a.ts"), before);
    await put("b.ts", 'import sharp from "sharp";\nexport const b = 2;\n');
    const after = await fingerprintOf(folder, "a.ts");
    assert.notEqual(after, before);
    await put("deno.json", '{"imports":{"sharp":"npm:sharp@2"}}');
    assert.notEqual(await fingerprintOf(folder, "a.ts"), after);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("fingerprints() tells the kinds of this project apart", async () => {
  const all = await fingerprints(root);
  assert.equal(new Set(Object.values(all)).size, Object.keys(all).length);
});
