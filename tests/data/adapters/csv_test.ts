import assert from "node:assert/strict";
import { csv } from "@/lib/data/adapters/csv.ts";
import { filesFacts } from "@/lib/data/facts.ts";
import { assertPixels, labelled } from "@/tests/data/adapters/opened.ts";
import {
  type Files,
  inputError,
  inTempDir,
  noiseJpeg,
  writeFolder,
} from "@/tests/data/fixtures.ts";

type Fields = Omit<Parameters<typeof csv.open>[0], "dataset">;
const open = (fields: Fields) => csv.open({ dataset: "csv", ...fields });

/** Writes four images and tables beside them. */
async function write(dir: string, tables: Readonly<Record<string, string>>): Promise<Files> {
  const images: Files = {};
  const names = ["pictures/0.jpg", "pictures/a, b.jpg", "pictures/caf\u0065\u0301.jpg", "3"];
  for (const [i, name] of names.entries()) images[name] = await noiseJpeg(i);
  await writeFolder(dir, { ...images, ...tables });
  return images;
}

const rows = [
  ["pictures/0.jpg", "oak", "plant"],
  ['"pictures/a, b.jpg"', "猫", "animal"],
  ["pictures/caf\u00e9.jpg", '"dog, ""wet"""', "animal"],
  ["3", "oak", "plant"],
];
const said = ["train", "Training", "unlabelled", "validation"];

Deno.test("csv reads commas, tabs and semicolons, quotes, and the split that a column says", () =>
  inTempDir(async (dir) => {
    const table = (sign: string) =>
      [["path", "fine", "coarse", "Split"], ...rows.map((row, i) => [...row, said[i]!])]
        .map((cells) => cells.join(sign)).join("\r\n");
    const images = await write(dir, {
      "a.csv": `\ufeff${table(",")}\n\n`,
      "b.tsv": table("\t"),
      "c.csv": table(";"),
      "d.txt": table("\t"),
    });
    for (const name of ["a.csv", "b.tsv", "c.csv", "d.txt"]) {
      using data = await open({ path: `${dir}/${name}` });
      assert.deepEqual(data.hierarchy, {
        levels: ["fine", "coarse"],
        leaves: [["oak", "plant"], ["猫", "animal"]].map((path) => ({ name: path[0]!, path })),
      });
      assert.deepEqual(labelled(data, "train"), [
        ["pictures/0.jpg", "oak"],
        ["pictures/a, b.jpg", "猫"],
      ]);
      assert.deepEqual(labelled(data, "test"), [["3", "oak"]]);
      assert.deepEqual(data.unlabelled.length, 1);
      for (const split of ["train", "test", "unlabelled"] as const) {
        await assertPixels(data, split, (path) => images[path]);
      }
      assert.deepEqual(data.readAs, []);
    }
  }));

Deno.test("csv reads tables of one split each, columns by name, and tables without a header", () =>
  inTempDir(async (dir) => {
    await write(dir, {
      "named.csv": `id,coarse,file,fine\n1,plant,${rows[0]![0]},oak\n2,animal,${rows[1]![0]},猫`,
      "bare.csv": `${rows[0]!.slice(0, 2).join()}\n${rows[1]!.slice(0, 2).join()}\n`,
      "levels.csv": rows.slice(0, 2).map((row) => row.join()).join("\n"),
      "loose.csv": "pictures/0.jpg\n3\n",
      "indexed.csv": `,fine\n${rows[0]![0]},oak\n${rows[1]![0]},猫\n`,
      "numbered.csv": `,file,fine\n0,${rows[0]![0]},oak\n1,${rows[1]![0]},猫\n`,
      "more/test.csv": `file,coarse,fine\n../3,plant,oak\n`,
    });
    const labels = ["fine", "coarse"];
    const paths = ["pictures/0.jpg", "pictures/a, b.jpg"];
    const named = { train: `${dir}/named.csv`, image: "file", labels };
    using two = await open({ ...named, test: [`${dir}/more/test.csv`] });
    assert.deepEqual(labelled(two, "train"), [[paths[0], "oak"], [paths[1], "猫"]]);
    assert.deepEqual(labelled(two, "test"), [["../3", "oak"]]);
    assert.deepEqual(two.hierarchy.leaves[0]!.path, ["oak", "plant"]);
    // As Python's pandas writes an index, which has no name.
    for (const name of ["numbered", "indexed"]) {
      using data = await open({ train: `${dir}/${name}.csv` });
      assert.deepEqual(labelled(data, "train"), [[paths[0], "oak"], [paths[1], "猫"]]);
      assert.deepEqual(data.hierarchy.levels, ["fine"]);
    }
    using bare = await open({ train: `${dir}/bare.csv`, unlabelled: `${dir}/loose.csv` });
    assert.deepEqual([bare.hierarchy.levels, bare.train.length], [["class"], 2]);
    assert.equal(bare.unlabelled.length, 2);
    using levels = await open({ train: `${dir}/levels.csv`, labels });
    assert.deepEqual(levels.hierarchy.levels, labels);
    using loose = await open({ unlabelled: `${dir}/loose.csv` });
    assert.deepEqual([loose.unlabelled.length, loose.hierarchy.leaves], [2, []]);
  }));

Deno.test("csv tests on test and leaves val unused, or the other way round where that is asked, and says so", () =>
  inTempDir(async (dir) => {
    const splits = ["train", "test", "dev", "val"];
    const table = ["path,class,split", ...rows.map(([path], i) => `${path},c,${splits[i]}`)];
    await write(dir, { "a.csv": table.join("\n") });
    using data = await open({ path: `${dir}/a.csv` });
    assert.deepEqual(labelled(data, "test"), [["pictures/a, b.jpg", "c"]]);
    assert.match(data.readAs!.join(), /2 images of val are not used/);
    using other = await open({ path: `${dir}/a.csv`, tested: "val" });
    assert.equal(other.test.length, 2);
    assert.match(other.readAs!.join(), /1 image of test is not used/);
  }));

const refusals: [table: string, fields: Partial<Fields>, ...texts: string[]][] = [
  ["", {}, "it is empty"],
  [
    "path,c\npictures/0.jpg,a\ngone.jpg,a\nlost.jpg,b",
    {},
    ":3: the image gone.jpg",
    "nor does that of 1",
  ],
  ["path,c\npictures\\0.jpg,a", {}, "folders are parted by /"],
  [
    "c,file\noak,3\noak,3\noak,3",
    {},
    ":2: the image oak does not exist, nor do those of 2",
    "with image",
  ],
  ["path,c\npictures,a", {}, ":2: pictures is no file"],
  ["path,c\n3,a\n./3,b", {}, ":3: the image ./3 stands in", ":2 already"],
  ["path,c\n3,a,b", {}, ":2: this line has 3 cells, but the first has 2"],
  ["path,c\n,a", {}, ':2: the cell "path" is empty'],
  ["path,c\n3,", {}, ':2: the cell "c" is empty', "unlabelled"],
  ['path,c\n3,"a', {}, "the cells cannot be told apart"],
  ["path,fine\n3,a", { labels: "fines" }, 'no column "fines"', 'Did you mean "fine"', "path, fine"],
  ["path,c\n3,a", { image: "file" }, 'no column "file"'],
  ["0.jpg,a,b", {}, "its first line is no header", "name the 2 after the path"],
  ["path", {}, "there are no images to train on"],
  ["path\n3", {}, "the label tree has no level"],
];

Deno.test("csv names the line, the cell or the column that is wrong, and what to do", () =>
  inTempDir(async (dir) => {
    const path = `${dir}/a.csv`;
    await write(dir, {});
    for (const [table, fields, ...texts] of refusals) {
      await Deno.writeTextFile(path, table);
      await assert.rejects(open({ train: path, ...fields }), inputError(path, ...texts), table);
    }
    const splits: [table: string, fields: Partial<Fields>, ...texts: string[]][] = [
      ["path,c,split\n3,a,first", {}, ':2: the split is "first"', "train or training"],
      ["path,c\n3,a", {}, "no column says which images are trained", "Name it with split"],
      ["path,c,split\n3,a,train", { tested: "val" }, "no row is of val"],
    ];
    for (const [table, fields, ...texts] of splits) {
      await Deno.writeTextFile(path, table);
      await assert.rejects(open({ path, ...fields }), inputError(path, ...texts), table);
    }
    await Deno.writeTextFile(path, "path,fine\n3,a");
    await Deno.writeTextFile(`${dir}/b.csv`, "path,coarse\n3,a");
    await assert.rejects(
      open({ train: path, test: `${dir}/b.csv` }),
      inputError(`${dir}/b.csv: its columns of classes are coarse, and those of ${path} fine`),
    );
    assert.ok(!csv.schema.safeParse({ dataset: "csv", path, train: path }).success);
    assert.ok(!csv.schema.safeParse({ dataset: "csv", test: path }).success);
  }));

Deno.test("csv notices that an image changed which its table names, and images that stand in two splits", () =>
  inTempDir(async (dir) => {
    const table = "path,class,split\npictures/0.jpg,a,train\n3,b,train\npictures/a.jpg,a,test";
    const images = await write(dir, { "a.csv": table });
    const same = images["pictures/0.jpg"] as Uint8Array;
    await Deno.writeFile(`${dir}/pictures/a.jpg`, same);
    const read = () =>
      filesFacts({ dataset: "csv", path: `${dir}/a.csv` }, { memo: `${dir}/memo` });
    const before = await read();
    assert.equal(before.findings[0]!.name, "test-images-in-train");
    assert.equal(before.source, `${dir}/a.csv`);
    await Deno.writeFile(`${dir}/pictures/a.jpg`, await noiseJpeg(77));
    const after = await read();
    assert.ok(!after.findings.some(({ name }) => name === "test-images-in-train"));
    assert.notEqual(after.id, before.id);
  }));
