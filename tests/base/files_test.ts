import assert from "node:assert/strict";
import { createExclusive, exists, writeAtomic } from "@/lib/base/files.ts";
import { sha256, sha256File } from "@/lib/base/sha256.ts";

async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("writeAtomic() replaces a file and leaves nothing beside it", () =>
  withFolder(async (folder) => {
    await writeAtomic(`${folder}/a`, "old");
    await writeAtomic(`${folder}/a`, new Uint8Array([110, 101, 119]));
    assert.equal(await Deno.readTextFile(`${folder}/a`), "new");
    assert.deepEqual((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name), ["a"]);
  }));

Deno.test("createExclusive() lets exactly one of many callers make the file", () =>
  withFolder(async (folder) => {
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, i) => createExclusive(`${folder}/lock`, String(i))),
    );
    assert.equal(made.filter(Boolean).length, 1);
    assert.equal(await Deno.readTextFile(`${folder}/lock`), String(made.indexOf(true)));
    assert.equal((await Array.fromAsync(Deno.readDir(folder))).length, 1);
  }));

Deno.test("createExclusive() takes a file for its own that holds its own text: the answer to the first try was lost", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/lock`, "mine");
    assert.equal(await createExclusive(`${folder}/lock`, "other's"), false);
    assert.equal(await createExclusive(`${folder}/lock`, "mine"), true);
    assert.equal(await Deno.readTextFile(`${folder}/lock`), "mine");
  }));

Deno.test("sha256File() hashes a file larger than its piece as sha256() hashes its bytes", () =>
  withFolder(async (folder) => {
    const bytes = Uint8Array.from({ length: (1 << 20) + 17 }, (_, i) => i * 31);
    await Deno.writeFile(`${folder}/a`, bytes);
    assert.equal(await sha256File(`${folder}/a`), sha256(bytes));
    assert.equal(await exists(`${folder}/a`), true);
    assert.equal(await exists(`${folder}/b`), false);
  }));
