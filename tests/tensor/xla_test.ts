import assert from "node:assert/strict";

// Test files share a process, and each loads an engine of its own: with several in one process XLA's compiler crashes,
// while a process of this project has one.
Deno.test("the cases of XLA hold, in a process of their own", async () => {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--quiet", "--frozen", "-A", `${import.meta.dirname}/xla_cases.ts`],
  }).output();
  const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("\n");
  assert.ok(success, said);
  assert.match(said, /3 passed/);
});
