import assert from "node:assert/strict";
import { makeStep } from "@/lib/plan/mod.ts";
import { artifactFolder, openStore, putArtifact } from "@/lib/store/mod.ts";
import { command, withFolder } from "@/tests/cli/command.ts";

const { key, spec } = makeStep(
  { kind: "subset", spec: { size: 2, seed: 1 }, needs: { images: "i" } },
  "two",
);

Deno.test("verify exits with 1 where an artifact is damaged, names it and says what becomes of it", () =>
  withFolder(async (folder) => {
    const root = `${folder}/store`, store = await openStore(root);
    await putArtifact<"subset">(store, key, async (place) => {
      await Deno.writeTextFile(`${place}/data`, "some data");
      const made = { at: "2026-01-01", seconds: 1, host: "h", machine: {}, command: "deno task x" };
      return { key, kind: "subset", spec, needs: {}, code: "", info: { images: 2 }, made };
    });
    const whole = await command("verify", "--store", root);
    assert.equal(whole.code, 0, whole.stderr);
    assert.equal(whole.stdout, `store: ${store.root}\n1 of 1 artifact whole, 9 B read\n`);

    await Deno.writeTextFile(`${artifactFolder(store, key)}/data`, "SOME data");
    const { code, stdout } = await command("verify", "--store", root);
    assert.equal(code, 1);
    assert.deepEqual(stdout.split("\n").slice(1, 5), [
      `damaged: subset ${key.slice(0, 12)}: data does not have the bytes it was written with`,
      `  ${artifactFolder(store, key)}`,
      "  made 2026-01-01 on h by deno task x",
      "0 of 1 artifact whole, 9 B read",
    ]);
    assert.match(stdout, /^What is damaged counts as missing: deno task reproduce runs it again /m);
    const json = await command("verify", "--store", root, "--json");
    assert.equal(json.code, 1);
    const [{ problem }] = JSON.parse(json.stdout).damaged;
    assert.equal(problem, "data does not have the bytes it was written with");
  }));

Deno.test("verify makes no store, and finds nothing wrong where there is none", () =>
  withFolder(async (folder) => {
    const { code, stdout } = await command("verify", "--store", `${folder}/none`);
    assert.equal(code, 0);
    assert.match(stdout, /, not there yet\n0 of 0 artifacts whole, 0 B read\n$/);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
  }));
