import assert from "node:assert/strict";
import { exists } from "@/lib/base/files.ts";
import { root, taskArguments, withFolder } from "@/tests/cli/command.ts";

/** Runs a command whose readers go after the first words; its exit code and those words. */
async function readStart(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly start: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: taskArguments(...args),
    cwd: root,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  await Promise.all([reader.cancel(), child.stderr.cancel()]);
  const { code } = await child.status;
  return { code, start: new TextDecoder().decode(value) };
}

Deno.test("a command whose reader goes ends as ever: reproduce works on, and writes its report", () =>
  withFolder(async (folder) => {
    const study = ["taxa", "--scale", "smoke", "--store", `${folder}/s`];
    assert.equal((await readStart("plan", ...study, "--json")).code, 0);
    const { code, start } = await readStart("reproduce", ...study, "--out", `${folder}/o`);
    assert.match(start, /^Scale smoke: 27 of 27 steps/);
    assert.equal(code, 0);
    assert.ok(await exists(`${folder}/o/index.html`));
    assert.equal((await readStart("report", ...study, "--out", `${folder}/o`)).code, 0);
  }));
