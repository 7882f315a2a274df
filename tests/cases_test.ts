import assert from "node:assert/strict";

// The cases that were handed in as they came from public reports, each a script whose head says what right is: run where they
// lie beside the checkout. What they stand for has tests of the project's own.
const root = import.meta.dirname!.replace(/\/tests$/, "");
const folder = `${root}/../shared/cases`;

/** The scripts, none where the folder is elsewhere. */
function scripts(): readonly string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name)
      .filter((name) => /^\d+-.*\.sh$/.test(name)).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

Deno.test({
  name: "every case comes out right",
  ignore: scripts().length === 0,
  async fn(t) {
    const waiting = [...scripts()];
    const results = new Map<string, string>();
    const next = async (): Promise<void> => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        const { code, stdout } = await new Deno.Command("bash", {
          args: [`${folder}/${name}`],
          env: { P: root },
          stdout: "piped",
          stderr: "null",
        }).output();
        const lines = new TextDecoder().decode(stdout).trimEnd().split("\n");
        results.set(name, code === 0 ? "" : lines.slice(-12).join("\n"));
      }
    };
    await Promise.all(Array.from({ length: navigator.hardwareConcurrency }, next));
    for (const name of scripts()) {
      await t.step(name, () => assert.equal(results.get(name), ""));
    }
  },
});
