import assert from "node:assert/strict";
import type { PathKind } from "@/lib/data/adapters/adapter.ts";
import { resolvePath } from "@/lib/data/files/bound_paths.ts";
import { inputError, inTempDir, writeFolder } from "@/tests/data/fixtures.ts";

/** Resolves in a folder with some shards, a file and a folder; the folder's own path is left out of the answer. */
function resolved(given: string | readonly string[], kind: PathKind): Promise<string | string[]> {
  return inTempDir(async (base) => {
    const names = [
      "train-000.tar",
      "train-001.tar",
      "train-010.tar",
      "trainXtar",
      "caf\u00e9 鳥 (1).tar.gz",
    ];
    await writeFolder(
      base,
      Object.fromEntries(
        [...names, "a.csv", "b.zip", "c.tar.xz", "d.parquet"].map((name) => [`set/${name}`, ""]),
      ),
    );
    const found = await resolvePath(given, { kind, base, place: "data.yaml:1: x.train" });
    const short = (path: string) => path.replace(`${base}/`, "");
    return typeof found === "string" ? short(found) : found.map(short);
  });
}

Deno.test("resolvePath() makes paths of each kind absolute", async () => {
  assert.equal(await resolved("./set", "folder"), "set");
  assert.equal(await resolved("set", "tree"), "set");
  assert.equal(await resolved("set/train-000.tar", "tree"), "set/train-000.tar");
  assert.equal(await resolved("set/a.csv", "file"), "set/a.csv");
  assert.deepEqual(await resolved("set/a.csv", "files"), ["set/a.csv"]);
  assert.deepEqual(await resolved(["set/a.csv", "set/../set/train-000.tar"], "files"), [
    "set/a.csv",
    "set/train-000.tar",
  ]);
});

Deno.test("resolvePath() lists the shards that * or a range stands for, in order", async () => {
  const three = ["set/train-000.tar", "set/train-001.tar", "set/train-010.tar"];
  assert.deepEqual(await resolved("set/train-*.tar", "shards"), three);
  assert.deepEqual(await resolved("set/*-0*0.tar", "shards"), [three[0], three[2]]);
  assert.deepEqual(await resolved("set/train-{000..001}.tar", "shards"), three.slice(0, 2));
  assert.deepEqual(await resolved(["set/train-{010..010}.tar", three[0]!], "shards"), [
    three[2],
    three[0],
  ]);
  // A pattern in the other Unicode form, and signs that are special to a regular expression.
  assert.deepEqual(await resolved("set/cafe\u0301 * (1).tar.gz", "shards"), [
    "set/caf\u00e9 鳥 (1).tar.gz",
  ]);
});

Deno.test("resolvePath() refuses what is not there or of another kind", async () => {
  const refused: [string, PathKind, string, string][] = [
    ["none", "tree", "/none does not exist", "Correct it; relative paths start at /"],
    ["~/set", "tree", "/~/set does not exist", "~ and variables are not replaced"],
    ["$HOME/set", "tree", "/$HOME/set does not exist", "~ and variables are not replaced"],
    ["s3://bucket/set", "tree", "/s3:/bucket/set does not exist", "it is an address: download"],
    ["set/train-0?0.tar", "shards", "/set/train-0?0.tar does not exist", "* stands for any"],
    ["set/train-{9..0}.tar", "shards", "no file matches", "smallest first"],
    ["set/none-*.tar", "shards", "no file matches /", "* stands for any characters"],
    ["hf://datasets/a/train-*.parquet", "files", "no file matches", "it is an address: download"],
    ["~/train-*.parquet", "files", "no file matches", "~ and variables are not replaced"],
    ["none/*.tar", "shards", "no file matches /", "* stands for any characters"],
    ["set/train-{005..003}.tar", "shards", "no file matches /", "{000..127} for numbers"],
    ["set/train-{000..002}.tar", "shards", "set/train-002.tar does not exist", "Correct it"],
    [
      "set/train-{000..99999999999}.tar",
      "shards",
      "set/train-002.tar does not exist",
      "Correct it",
    ],
    ["set/train*", "shards", "set/trainXtar is not a .tar", "unpack other archives first"],
    ["set", "shards", "/set is a folder", "paths of tars"],
    ["set", "file", "/set is a folder", "Write the path of a file"],
    ["set", "files", "/set is a folder", "Write the path of a file, or a list"],
    ["set/b.zip", "tree", "set/b.zip is not a .tar, but a zip archive", "unpack it first"],
    ["set/c.tar.xz", "tree", "is not a .tar, but compressed by xz", "write it again as .tar"],
    ["set/d.parquet", "shards", "is not a .tar, but Parquet", "dataset: parquet"],
    ["set/a.csv", "tree", "set/a.csv is not a .tar", "Name a folder, a .tar"],
    ["set/train-000.tar", "folder", "set/train-000.tar is a file", "Write the path of a folder"],
  ];
  for (const [given, kind, ...says] of refused) {
    await assert.rejects(resolved(given, kind), inputError("data.yaml:1: x.train: ", ...says));
  }
});
