import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { openTree } from "@/lib/data/files/file_tree.ts";
import { inTempDir, tarOf, writeFolder } from "@/tests/data/fixtures.ts";

const files = {
  "a/ü 1.jpg": "first",
  "a/2.jpg": "x".repeat(70_000),
  "b/鳥.jpg": "",
  "b/🐦.jpg": "the last",
};

/** The set as a folder, a tar and a compressed tar. */
async function writeKinds(dir: string): Promise<string[]> {
  await writeFolder(`${dir}/set`, files);
  const tar = await tarOf(files);
  await Deno.writeFile(`${dir}/set.tar`, tar);
  await Deno.writeFile(`${dir}/set.tar.gz`, gzipSync(tar));
  return ["set", "set.tar", "set.tar.gz"].map((name) => `${dir}/${name}`);
}

Deno.test({
  name:
    "openTree() reads a folder, a tar and a compressed tar alike, in any order and many at once",
  sanitizeResources: true,
  fn: () =>
    inTempDir(async (dir) => {
      const kinds: string[] = [];
      for (const path of await writeKinds(dir)) {
        using tree = openTree(path);
        assert.equal(tree.path, path);
        kinds.push(tree.kind);
        const found = await Array.fromAsync(tree.walk());
        assert.deepEqual(found.map(({ path }) => path).sort(), Object.keys(files).sort());
        const orders = [found, found.toReversed()];
        for (const order of orders) {
          const contents = await Promise.all(order.map((file) => tree.read(file)));
          for (const [i, { path, size }] of order.entries()) {
            assert.equal(new TextDecoder().decode(contents[i]), files[path as keyof typeof files]);
            assert.equal(contents[i]!.length, size);
          }
        }
      }
      assert.deepEqual(kinds, ["folder", "tar", "compressed"]);
    }),
});

Deno.test("openTree() rejects a read of what was cut off or removed meanwhile", () =>
  inTempDir(async (dir) => {
    for (const path of await writeKinds(dir)) {
      using tree = openTree(path);
      const found = await Array.fromAsync(tree.walk());
      const large = found.find(({ path }) => path === "a/2.jpg")!;
      if (tree.kind === "folder") await Deno.remove(`${path}/a/2.jpg`);
      else await Deno.truncate(path, tree.kind === "tar" ? 10_000 : 100);
      await assert.rejects(
        async () => await tree.read(large),
        tree.kind === "folder"
          ? Deno.errors.NotFound
          : tree.kind === "tar"
          ? /has become shorter/
          : /unexpected end of file/,
      );
    }
  }));
