import assert from "node:assert/strict";
import { writeFiles } from "@/lib/report/mod.ts";

Deno.test("writeFiles() makes the folder and leaves nothing but the files", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const paths = await writeFiles(`${folder}/a/b`, { "x.txt": "1", "y.txt": "2" });
    assert.deepEqual(paths, [`${folder}/a/b/x.txt`, `${folder}/a/b/y.txt`]);
    await writeFiles(`${folder}/a/b`, { "x.txt": "3" });
    assert.equal(await Deno.readTextFile(paths[0]!), "3");
    assert.deepEqual([...Deno.readDirSync(`${folder}/a/b`)].map(({ name }) => name).sort(), [
      "x.txt",
      "y.txt",
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
