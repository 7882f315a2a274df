import assert from "node:assert/strict";
import { codeWith, readSource } from "@/lib/run/source.ts";

Deno.test("readSource() is blind to comments and layout, and to nothing else", () => {
  const code = (text: string) => readSource(text).code;
  const plain = code('const a = f(1, 2); const url = "http://x"; const r = /\\/\\/ no/;');
  assert.equal(
    plain,
    code(
      '/** Says a. */\nconst a = f(\n  1,\n  2,\n); // why\nconst url = "http://x";\nconst r = /\\/\\/ no/;\n',
    ),
  );
  assert.notEqual(plain, code('const a = f(1, 3); const url = "http://x"; const r = /\\/\\/ no/;'));
  assert.notEqual(plain, code('const a = f(1, 2); const url = "http://y"; const r = /\\/\\/ no/;'));
  assert.notEqual(
    plain,
    code('const a = f(1, 2); const url = "http://x"; const r = /\\/\\/ yes/;'),
  );
});

Deno.test("readSource() follows imports of values, not of types or in comments", () => {
  const { imports } = readSource(
    '/** import { x } from "@/x.ts"; */\nimport type { A } from "@/a.ts";\nimport {\n  type B,\n  c,\n} from "@/c.ts";\nexport * from "@/d.ts";\nexport type { E } from "@/e.ts";\nexport type F = { g: 1 };\nimport h from "h";\nimport type * as i from "i";\n',
  );
  assert.deepEqual(imports, ["@/c.ts", "@/d.ts", "h"]);
});

const registry = (members: string) =>
  readSource(`/** All. */
const all: { readonly [name: string]: () => Promise<unknown> } = {
${members}};
export const open = async (name: string) => (await all[name]!()) ?? await import("@/else.ts");
export type A = typeof import("@/types.ts");
`);
const one = '  one: async () => (await import("@/one.ts")).one,\n';
const two = '  "two-fold": () => import("@/two.ts").then((two) => two.two),\n';
const three = '  three: () =>\n    import("@/three.ts"),\n';

Deno.test("readSource() tells members of a registry from other imports at run time", () => {
  assert.deepEqual(registry(one + two + three).lazy, [
    { module: "@/one.ts", name: "one" },
    { module: "@/two.ts", name: "two-fold" },
    { module: "@/three.ts", name: "three" },
    { module: "@/else.ts", name: null },
  ]);
});

Deno.test("codeWith() sees the members taken and all that is no member, whatever others there are", () => {
  const alone = codeWith(registry(one), ["one"]);
  for (const members of [one + two, two + one, two + one + three]) {
    assert.equal(codeWith(registry(members), ["one"]), alone);
  }
  const none = codeWith(registry(two), []);
  assert.equal(codeWith(registry(three), []), none);
  assert.notEqual(none, alone);
  const changed = one.replace(".one,", ".other,");
  assert.notEqual(codeWith(registry(changed + two), ["one"]), alone);
});
