import assert from "node:assert/strict";
import { sha256 } from "@/lib/base/sha256.ts";
import {
  keepRegistration,
  openStore,
  putArtifact,
  readRegistration,
  type Store,
} from "@/lib/store/mod.ts";
import { command, type Ran, withFolder } from "@/tests/cli/command.ts";
import { ingestStep, put, someBytes } from "@/tests/depot/small_store.ts";

const planned = ["data-domain", "--scale", "smoke", "--seeds", "1"];

/** A store with an artifact that no experiment reaches, and one that an experiment does. */
async function filled(folder: string): Promise<{ readonly store: Store; readonly key: string }> {
  const store = await openStore(folder);
  await put(store, ingestStep(1), { data: someBytes(3000, 1) });
  const { stdout } = await command("plan", ...planned, "--json", "--store", folder);
  const { steps } = JSON.parse(stdout) as { steps: { key: string; kind: string }[] };
  const { key } = steps.find(({ kind }) => kind === "subset")!;
  await putArtifact<"subset">(store, key, async (place) => {
    await Deno.writeFile(`${place}/indices.u32`, new Uint8Array(1024));
    return {
      ...{ key, kind: "subset", spec: {}, needs: {}, code: "", info: { images: 256 } },
      made: { at: "2026-01-01T00:00:00.000Z", seconds: 3, host: "h", machine: {}, command: "" },
    };
  });
  return { store, key };
}

Deno.test("push and pull carry everything, or what the named experiments reach, and say what they did", () =>
  withFolder(async (folder) => {
    const { store, key } = await filled(`${folder}/store`);
    const own = ["--store", store.root], place = `${folder}/place`;
    const named = await command("push", place, ...planned, ...own, "--json");
    assert.equal(named.code, 0, named.stderr);
    const lines = named.stdout.trim().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(lines[0], { type: "taken", key, kind: "subset", bytes: 1024 });
    const { type, taken, bytes } = lines.at(-1);
    assert.deepEqual([type, taken, bytes, lines.length], ["finished", [key], 1024, 2]);

    const rest = await command("push", place, ...own);
    assert.equal(rest.stdout, `1 artifact pushed (3 kB) to ${place}; 1 was there\n`);
    const back = await command("pull", place, "--store", `${folder}/other`);
    assert.equal(back.code, 0, back.stderr);
    assert.equal(back.stdout, `2 artifacts pulled (4 kB) to ${folder}/other\n`);
    await put(store, ingestStep(1), { data: someBytes(4000, 2) });
    const differs = await command("push", place, ...own);
    assert.equal(
      differs.stdout,
      `0 artifacts pushed (0 B) to ${place}; 1 was there\n` +
        `1 step: other content is there and stays; --replace puts that of ${store.root} in its place\n`,
    );
    const replaced = await command("push", place, ...own, "--replace");
    assert.equal(replaced.stdout, `1 artifact pushed (4 kB) to ${place}; 1 was there\n`);
    const again = await command("pull", place, ...planned, "--store", `${folder}/other`);
    assert.equal(again.stdout, `0 artifacts pulled (0 B) to ${folder}/other; 1 was there\n`);
  }));

Deno.test("push and pull carry what was committed to before a run, and leave the earlier of two", () =>
  withFolder(async (folder) => {
    const { store } = await filled(`${folder}/store`), text = "{}\n", hash = sha256(text);
    const [early, late] = ["2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"] as const;
    await keepRegistration(store, { hash, text, at: early });
    const other = await openStore(`${folder}/other`), place = `${folder}/place`;
    const pushed = await command("push", place, "--store", store.root);
    assert.match(pushed.stdout, /^1 registration of claims pushed\n2 artifacts pushed /);
    await keepRegistration(other, { hash, text, at: late });
    const pulled = await command("pull", place, "--store", other.root);
    assert.match(pulled.stdout, /^1 registration of claims pulled\n/, pulled.stderr);
    assert.equal((await readRegistration(other, hash))?.at, early);

    const third = await openStore(`${folder}/third`);
    await keepRegistration(third, { hash, text, at: late });
    const again = await command("push", place, "--store", third.root, "--json");
    assert.equal(JSON.parse(again.stdout).registrations, 0);
    assert.equal((await readRegistration({ root: place }, hash))?.at, early);
  }));

Deno.test("push and pull refuse what is no place for artifacts, and leave no trace of it", () =>
  withFolder(async (folder) => {
    const { store } = await filled(`${folder}/store`);
    const own = ["--store", store.root];
    const refused = async (what: Promise<Ran>, error: string) => {
      const { code, stdout, stderr } = await what;
      assert.deepEqual([code, stdout, stderr], [2, "", `error: ${error}\n`]);
    };
    await Deno.mkdir(`${folder}/photos`);
    await Deno.writeTextFile(`${folder}/photos/one.jpg`, "");
    const places = "a folder that is a store, empty or not there yet, or s3://BUCKET/PREFIX";
    await refused(
      command("push", `${folder}/photos`, ...own),
      `${folder}/photos: it holds one.jpg but no format.json of a store, so this project did not make it. Give ${places}`,
    );
    await refused(
      command("push", store.root, ...own),
      `${store.root}: it is the store itself. Give another folder, or a bucket`,
    );
    await refused(
      command("push", `${store.root}/backup`, ...own),
      `${store.root}/backup: it lies in the store itself. Give another folder, or a bucket`,
    );
    await refused(
      command("push", "gs://bucket", ...own),
      `gs://bucket: gs://bucket is an address, and only folders of this machine can be used. Give ${places}`,
    );
    await refused(
      command("pull", `${folder}/none`, "--store", `${folder}/new`),
      `${folder}/none: it holds no store, and nothing was pushed there. Give the folder that was pushed to, or another store`,
    );
    await refused(
      command("push", `${folder}/new`, "--store", `${folder}/none`),
      `Store ${folder}/none: there is no store yet, so there is nothing to push. Give the store that holds the results with --store`,
    );
    const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
    assert.deepEqual(names, ["photos", "store"]);
  }));
