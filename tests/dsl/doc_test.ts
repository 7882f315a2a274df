import assert from "node:assert/strict";
import * as z from "zod";
import { root } from "@/tests/cli/command.ts";

const jsDoc = z.object({
  doc: z.string().optional(),
  tags: z.array(z.object({ kind: z.string() })).optional(),
}).optional();
const page = z.object({
  nodes: z.record(
    z.string(),
    z.object({
      module_doc: jsDoc,
      symbols: z.array(
        z.object({ name: z.string(), declarations: z.array(z.object({ jsDoc })) }),
      ),
    }),
  ),
});

Deno.test("deno doc dsl/mod.ts says something of every export, and has nothing that is internal", async () => {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", "dsl/mod.ts"],
    cwd: root,
  }).output();
  assert.ok(success);
  const { nodes } = page.parse(JSON.parse(new TextDecoder().decode(stdout)));
  const [{ module_doc: about, symbols }] = Object.values(nodes) as [
    (typeof nodes)[string],
  ];
  assert.match(about?.doc ?? "", /dsl\/README\.md/);
  assert.ok(symbols.some(({ name }) => name === "experiment"));
  const isTold = ({ declarations }: (typeof symbols)[number]) =>
    declarations.some(({ jsDoc }) => (jsDoc?.doc ?? "") !== "");
  const isInternal = ({ declarations }: (typeof symbols)[number]) =>
    declarations.some(({ jsDoc }) => jsDoc?.tags?.some(({ kind }) => kind === "internal"));
  assert.deepEqual(symbols.filter((one) => !isTold(one)).map(({ name }) => name), []);
  assert.deepEqual(symbols.filter(isInternal).map(({ name }) => name), []);
});
