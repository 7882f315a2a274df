import assert from "node:assert/strict";
import { storeDepot, transfer, type Transferred } from "@/lib/depot/mod.ts";
import { artifactFolder, findArtifact, leaseStep, type Store } from "@/lib/store/mod.ts";
import { filesIn, ingestStep, put, someBytes, withStores } from "@/tests/depot/small_store.ts";
import { killedAfter } from "@/tests/depot/killed.ts";

const steps = [1, 2, 3].map(ingestStep);
const keys = steps.map(({ key }) => key);

async function fill(store: Store): Promise<void> {
  for (const [i, step] of steps.entries()) {
    await put(store, step, { "data": someBytes(5000, i), "empty": new Uint8Array() });
  }
}

async function carry(
  from: Store,
  to: Store,
  options: { readonly replace?: boolean; readonly keys?: readonly string[] } = {},
): Promise<Transferred> {
  const { replace = false } = options;
  const depots = { from: storeDepot(from), to: storeDepot(to) };
  return await transfer(options.keys ?? await depots.from.keys(), depots, { replace });
}

async function manifestText(store: Store, key: string): Promise<string> {
  return await Deno.readTextFile(`${artifactFolder(store, key)}/manifest.json`);
}

Deno.test("transfer() takes artifacts byte for byte with their manifests, and none that is there again", () =>
  withStores(["here", "there"], async ({ here, there }) => {
    await fill(here);
    const first = await carry(here, there);
    assert.deepEqual(first.taken.toSorted(), keys.toSorted());
    assert.equal(first.bytes, 15_000);
    for (const key of keys) {
      assert.equal((await findArtifact(there, key)).state, "cached");
      assert.equal(await manifestText(there, key), await manifestText(here, key));
    }
    const again = await carry(here, there);
    assert.deepEqual([again.taken, again.there.length], [[], 3]);
    assert.deepEqual(await filesIn(`${there.root}/tmp`), []);
    assert.deepEqual(await filesIn(`${there.root}/claims`), []);
  }));

Deno.test("transfer() leaves an artifact of other content as it is, and puts its own in its place where it is told to", () =>
  withStores(["here", "there"], async ({ here, there }) => {
    await put(here, steps[0]!, { data: someBytes(50, 1) });
    const other = await put(there, steps[0]!, { data: someBytes(60, 2) });
    const left = await carry(here, there);
    assert.deepEqual([left.taken, left.differ], [[], [keys[0]]]);
    assert.deepEqual(await findArtifact(there, keys[0]!), { state: "cached", manifest: other });
    const replaced = await carry(here, there, { replace: true });
    assert.deepEqual([replaced.taken, replaced.differ], [[keys[0]], []]);
    assert.equal(await manifestText(there, keys[0]!), await manifestText(here, keys[0]!));
  }));

Deno.test("transfer() mends what is damaged where it goes to, and tells what is damaged where it comes from", () =>
  withStores(["here", "there"], async ({ here, there }) => {
    await fill(here);
    await carry(here, there);
    await Deno.writeFile(`${artifactFolder(there, keys[0]!)}/data`, someBytes(5000, 9));
    await Deno.remove(artifactFolder(there, keys[1]!), { recursive: true });
    await Deno.writeFile(`${artifactFolder(here, keys[1]!)}/data`, someBytes(5000, 9));
    const { taken, there: before, damaged } = await carry(here, there);
    assert.deepEqual([taken, before], [[keys[0]], [keys[2]]]);
    assert.deepEqual(damaged, [
      { key: keys[1], problem: "data does not have the bytes it was written with" },
    ]);
    assert.equal((await findArtifact(there, keys[0]!)).state, "cached");
    assert.equal((await findArtifact(there, keys[1]!)).state, "missing");
  }));

Deno.test("transfer() takes the keys that are asked for, and tells which are nowhere", () =>
  withStores(["here", "there"], async ({ here, there }) => {
    await fill(here);
    const nowhere = ingestStep(4).key;
    const { taken, absent } = await carry(here, there, { keys: [keys[2]!, nowhere] });
    assert.deepEqual([taken, absent], [[keys[2]], [nowhere]]);
    assert.deepEqual(await storeDepot(there).keys(), [keys[2]]);
  }));

Deno.test("transfer() waits for another process that is at an artifact, for a while", () =>
  withStores(["here", "there"], async ({ here, there }) => {
    await fill(here);
    const lease = await leaseStep(there, keys[1]!);
    const depots = { from: storeDepot(here), to: storeDepot(there) };
    const first = await transfer(keys, depots, { replace: false, patience: 0 });
    assert.deepEqual([first.taken.toSorted(), first.busy], [
      [keys[0], keys[2]].toSorted(),
      [keys[1]],
    ]);
    const waited: number[] = [];
    const second = await transfer(keys, depots, {
      replace: false,
      onWait: async (artifacts) => {
        waited.push(artifacts);
        await lease!.release();
      },
    });
    assert.deepEqual([second.taken, second.busy, waited], [[keys[1]], [], [1]]);
    assert.equal(second.there.length, 2);
  }));

Deno.test("a transfer that is killed leaves no artifact that is not whole, and the next goes on where it was", () =>
  withStores(["here", "there"], async ({ here, there }) => {
    await put(here, steps[0]!, { a: someBytes(40_000, 1), b: someBytes(90_000, 2) });
    await killedAfter([here.root, there.root], { bytes: 100_000 });
    assert.equal((await findArtifact(there, keys[0]!)).state, "missing");
    assert.deepEqual(await storeDepot(there).keys(), []);
    const [way] = await Array.fromAsync(Deno.readDir(`${there.root}/tmp`));
    const sizeOf = async (name: string) =>
      (await Deno.stat(`${there.root}/tmp/${way!.name}/artifact/${name}`)).size;
    assert.equal(await sizeOf("a"), 40_000);
    const begun = await sizeOf("b");
    assert.ok(begun > 0 && begun < 90_000, `${begun} bytes`);

    const from = storeDepot(here), read: (readonly [string, number])[] = [];
    await transfer(keys, {
      from: {
        ...from,
        read: (manifest, name, at) => {
          read.push([name, at]);
          return from.read(manifest, name, at);
        },
      },
      to: storeDepot(there),
    }, { replace: false });
    assert.deepEqual(read, [["b", begun]]);
    assert.equal((await findArtifact(there, keys[0]!)).state, "cached");
    assert.deepEqual(await filesIn(`${there.root}/tmp`), []);
  }));
