import assert from "node:assert/strict";
import {
  type Arriving,
  artifactFolder,
  findArtifact,
  leaseStep,
  manifestFrom,
  receiveArtifact,
  type Store,
} from "@/lib/store/mod.ts";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { filesIn, ingestStep, put, someBytes, withStores } from "@/tests/depot/small_store.ts";

const step = ingestStep(1), bytes = someBytes(2500, 1);

/** An artifact of one file that arrives from a store in pieces of 1,000 bytes. */
async function arriving(
  from: Store,
  change: (piece: Uint8Array, at: number) => Uint8Array = (piece) => piece,
): Promise<Arriving & { readonly begun: number[] }> {
  await put(from, step, { data: bytes });
  const found = await findArtifact(from, step.key);
  assert.ok(found.state === "cached");
  const folder = artifactFolder(from, step.key), begun: number[] = [];
  return {
    manifest: found.manifest,
    text: await Deno.readTextFile(`${folder}/manifest.json`),
    begun,
    read: (_, from) => {
      begun.push(from);
      const pieces = function* () {
        for (let at = from; at < bytes.length; at += 1000) {
          yield change(bytes.slice(at, at + 1000), at);
        }
      };
      return Promise.resolve(ReadableStream.from(pieces()));
    },
  };
}

Deno.test("receiveArtifact() tells of every byte once, whatever was lost on the way", () =>
  withStores(["here", "there"], async ({ here, there }) => {
    const lost = new Set<number>();
    const one = await arriving(here, (piece, at) => {
      if (at === 0 || lost.has(at)) return piece;
      lost.add(at);
      throw new Error("lost");
    });
    let told = 0;
    const found = await receiveArtifact(there, { ...one, onBytes: (count) => told += count });
    assert.deepEqual(found, { state: "taken" });
    assert.deepEqual([told, [...lost]], [bytes.length, [1000, 2000]]);
    assert.deepEqual(await Deno.readFile(`${artifactFolder(there, step.key)}/data`), bytes);
  }));

Deno.test("receiveArtifact() gives up where nothing comes any more, and the next goes on with what came", () =>
  withStores(["here", "there"], async ({ here, there }) => {
    const broken = await arriving(here, (piece, at) => {
      if (at >= 2000) throw new Error("lost");
      return piece;
    });
    await assert.rejects(receiveArtifact(there, broken), /lost/);
    assert.equal((await findArtifact(there, step.key)).state, "missing");
    const whole = await arriving(here);
    assert.deepEqual(await receiveArtifact(there, whole), { state: "taken" });
    assert.deepEqual(whole.begun, [2000]);
    assert.deepEqual(await filesIn(`${there.root}/tmp`), []);
  }));

Deno.test("receiveArtifact() fetches anew what was left damaged, and takes nothing that comes damaged", () =>
  withStores(["here", "there"], async ({ here, there }) => {
    const damaged = await arriving(here, (piece, at) => at === 1000 ? piece.fill(7) : piece);
    assert.deepEqual(await receiveArtifact(there, damaged), {
      state: "damaged",
      problem: "data does not have the bytes that its manifest tells of",
    });
    const longer = await arriving(here, (piece) => new Uint8Array(2 * piece.length));
    assert.equal((await receiveArtifact(there, longer)).state, "damaged");
    assert.equal((await findArtifact(there, step.key)).state, "missing");

    // As a crash of the machine may leave it.
    const [{ name: way }] = await Array.fromAsync(Deno.readDir(`${there.root}/tmp`)) as [
      Deno.DirEntry,
    ];
    await Deno.writeFile(`${there.root}/tmp/${way}/artifact/data`, new Uint8Array(1500));
    const whole = await arriving(here);
    assert.deepEqual(await receiveArtifact(there, whole), { state: "taken" });
    assert.deepEqual(whole.begun, [1500, 0]);
  }));

Deno.test("receiveArtifact() leaves a step alone at which another is", () =>
  withStores(["here", "there"], async ({ here, there }) => {
    const one = await arriving(here);
    const lease = await leaseStep(there, step.key);
    assert.deepEqual(await receiveArtifact(there, one), { state: "busy" });
    await lease!.release();
    assert.deepEqual(await receiveArtifact(there, one), { state: "taken" });
  }));

Deno.test("manifestFrom() refuses a manifest that names files outside of its artifact, or itself", () =>
  withStores(["here"], async ({ here }) => {
    const { manifest } = await arriving(here);
    for (const name of ["../data", "a/b", "..", "/etc/passwd", "a\\b", "manifest.json", ""]) {
      const files = { [name]: { bytes: 1, sha256: "0" } };
      const body = canonicalJson({ ...manifest, files });
      const text = `{"sha256":"${sha256(body)}","manifest":${body}}\n`;
      assert.match(
        String(manifestFrom(text, step.key)),
        /^manifest\.json is of another form: files/,
      );
    }
  }));
