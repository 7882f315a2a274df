import assert from "node:assert/strict";
import { parquet } from "@/lib/data/adapters/parquet.ts";
import type { DataSet, Split } from "@/lib/data/data_set.ts";
import { filesFacts } from "@/lib/data/facts.ts";
import { decodeImage } from "@/lib/data/files/decode.ts";
import { openParquet } from "@/lib/data/files/parquet_file.ts";
import { ingest } from "@/lib/data/ingest.ts";
import { readPack } from "@/lib/data/pack.ts";
import { hashOf, labelled } from "@/tests/data/adapters/opened.ts";
import { inputError, inTempDir } from "@/tests/data/fixtures.ts";
import { pythonWith } from "@/tests/python_with.ts";

const fixtures = `${import.meta.dirname}/../../fixtures`;
const python = await pythonWith("pyarrow==26.0.1");
const ignore = python === null;

/** A folder of the files that `make_parquet.py` writes, which is removed. */
function inMade(work: (folder: string) => Promise<void>): Promise<void> {
  return inTempDir(async (folder) => {
    const args = [`${fixtures}/make_parquet.py`, folder];
    const { success, stderr } = await new Deno.Command(python!, { args }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    await work(folder);
  });
}

type Fields = Omit<Parameters<typeof parquet.open>[0], "dataset">;
const open = (fields: Fields) => parquet.open({ dataset: "parquet", ...fields });
const labels = ["fine", "coarse"];

/** Checks that images show the colours of their numbers, read from the last to the first. */
async function assertColours(data: DataSet, split: Split, numbers: readonly number[]) {
  assert.equal(data[split].length, numbers.length);
  for (let i = numbers.length - 1; i >= 0; i--) {
    const pixels = await decodeImage(await data.read(split, i), 4);
    const number = numbers[i]!;
    assert.deepEqual([...pixels.subarray(0, 3)], [40 * number, 100, 255 - 40 * number]);
  }
}

async function assertBoth(path: string): Promise<void> {
  using data = await open({ train: [path], test: path, labels });
  const name = path.slice(path.lastIndexOf("/") + 1);
  assert.deepEqual(data.hierarchy, {
    levels: ["fine", "coarse"],
    leaves: [["café", "place"], ["dog", "animal"], ["oak", "plant"], ["猫", "animal"]]
      .map((path) => ({ name: path[0]!, path })),
  });
  const rows = ["oak", "猫", "dog", "猫", "café"].map((one, i) => [`${name}#${i}`, one]);
  assert.deepEqual(labelled(data, "train"), rows);
  assert.deepEqual(labelled(data, "test"), rows);
  await assertColours(data, "train", [0, 1, 2, 3, 4]);
}

Deno.test("parquet reads images and two levels of labels by their names in the file's metadata", () =>
  assertBoth(`${fixtures}/images.parquet`));

Deno.test("parquet reads what Hugging Face's datasets wrote, and its text as well as its ClassLabel", async () => {
  const path = `${fixtures}/datasets.parquet`;
  await assertBoth(path);
  using words = await open({ train: path, labels: "word" });
  assert.deepEqual(words.hierarchy.leaves.map(({ name }) => name), ["café", "cat", "dog", "oak"]);
  await assert.rejects(
    open({ train: path, labels: "tags" }),
    inputError(path, "the column tags holds neither text nor whole numbers"),
  );
  await assert.rejects(open({ train: path }), inputError(path, "several columns of labels: fine"));
});

Deno.test("parquet reads a group of rows once while images are asked for in their order", async () => {
  const path = `${fixtures}/images.parquet`;
  const { groups, classNames } = await openParquet(path);
  assert.deepEqual(groups, [0, 2, 4].map((first) => ({ first, rows: first === 4 ? 1 : 2 })));
  assert.deepEqual(classNames.get("coarse"), ["plant", "place", "animal"]);
  using data = await open({ train: path, labels });
  const found = await Promise.all([0, 1, 2, 3, 4].map((i) => data.read("train", i)));
  // Images of one group lie in one page.
  const pages = found.map((one) => "encoded" in one ? one.encoded.buffer : null);
  assert.equal(pages[0], pages[1]);
  assert.equal(pages[2], pages[3]);
});

Deno.test({
  name:
    "parquet reads every codec, structs in either order, text and plain bytes as Python writes them",
  ignore,
  fn: () =>
    inMade(async (dir) => {
      for (const name of ["zstd", "snappy", "gzip", "none", "turned"]) {
        await assertBoth(`${dir}/${name}.parquet`);
      }
      // Where one column can be the labels, none has to be named.
      using one = await open({ train: `${dir}/one.parquet` });
      assert.deepEqual(one.hierarchy.levels, ["label"]);
      assert.equal(labelled(one, "train")[4]![1], "café");
      using plain = await open({ train: `${dir}/plain.parquet`, labels: "word" });
      assert.deepEqual(plain.hierarchy.leaves.map(({ name }) => name), [
        "oak",
        "\u00e9t\u00e9",
        "猫",
      ]);
      await assertColours(plain, "train", [0, 1, 2, 3, 4]);
      using numbered = await open({ train: `${dir}/plain.parquet`, labels: ["number"] });
      assert.deepEqual(labelled(numbered, "train").map(([, name]) => name), [
        "0",
        "2",
        "3",
        "2",
        "1",
      ]);
      using text = await open({ train: `${dir}/large_text.parquet` });
      assert.deepEqual(labelled(text, "train").map(([, name]) => name), ["a", "b", "c", "a", "b"]);
      // A column without a value is compressed too, by lz4 to something that holds nothing.
      using nameless = await open({ train: `${dir}/nameless.parquet` });
      await assertColours(nameless, "train", [0, 1, 2, 3, 4]);
      // Nobody asks for their labels.
      using unlabelled = await open({
        unlabelled: [`${dir}/no_label.parquet`, `${dir}/lists.parquet`],
      });
      await assertColours(unlabelled, "unlabelled", [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
      using chosen = await open({ train: `${dir}/two.parquet`, image: "mask" });
      await assertColours(chosen, "train", [0, 1, 2, 3, 4]);
      assert.equal(
        await hashOf(open({ train: `${dir}/zstd.parquet`, labels })),
        await hashOf(open({ train: `${fixtures}/images.parquet`, labels })),
      );
    }),
});

Deno.test({
  name: "parquet names the row, column or file that is wrong, and what to do",
  ignore,
  fn: () =>
    inMade(async (dir) => {
      const refused: [name: string, fields: Partial<Fields>, ...texts: string[]][] = [
        [
          "paths",
          {},
          "row 0: the column image names the file pictures/0.png",
          "embed_table_storage",
        ],
        ["one_path", {}, "row 4: the column image names the file pictures/4.png"],
        ["only_paths", {}, "no column holds images: the columns are image, label", "dataset: csv"],
        ["no_label", {}, "row 3: its label is -1, and there are 4 classes", "unlabelled"],
        ["null_label", {}, "row 3: it has no label"],
        ["lists", { labels: "label" }, "the column label holds neither text nor whole numbers"],
        ["lists", {}, "the column label holds neither text nor", "Write a column of text or whole"],
        ["zstd", {}, "several columns of labels: fine, coarse", "labels: [fine, coarse]"],
        ["zstd", { labels: ["fine", "corse"] }, 'no column "corse"', 'Did you mean "coarse"'],
        ["plain", {}, "no column is known to hold the labels: the columns are img, word, number"],
        ["two", {}, "several columns of bytes: image, mask", "with image: image or mask"],
        ["two", { image: "masks" }, 'no column "masks"', 'Did you mean "mask"'],
        ["two", { image: "label" }, "the column label holds no bytes"],
      ];
      for (const [name, fields, ...texts] of refused) {
        const path = `${dir}/${name}.parquet`;
        await assert.rejects(open({ train: path, ...fields }), inputError(path, ...texts), name);
      }
      const [one, other] = [`${dir}/zstd.parquet`, `${dir}/other_names.parquet`];
      await assert.rejects(
        open({ train: [one, other], labels }),
        inputError(`${other}: the class names of its column fine are not those of ${one}`),
      );
      const bytes = await Deno.readFile(one);
      for (const [name, some] of [["cut", bytes.subarray(0, -20)], ["text", "no"]] as const) {
        const path = `${dir}/${name}.parquet`;
        await Deno.writeFile(
          path,
          typeof some === "string" ? new TextEncoder().encode(some) : some,
        );
        await assert.rejects(open({ train: path }), inputError(`${path}: it is no Parquet file`));
      }
      await Deno.writeTextFile(`${dir}/a.arrow`, "ARROW1");
      await assert.rejects(
        open({ train: `${dir}/a.arrow` }),
        inputError(`${dir}/a.arrow: it is no Parquet file, but Arrow`, "load_from_disk"),
      );
    }),
});

Deno.test({
  name: "parquet lists missing images as empty files, whether or not the file counts them",
  ignore,
  fn: () =>
    inMade(async (dir) => {
      for (const name of ["holes", "holes_unsaid"]) {
        const binding = { dataset: "parquet", train: `${dir}/${name}.parquet` } as const;
        const { findings } = await filesFacts(binding, { memo: null });
        assert.deepEqual(findings.map(({ name }) => name), ["empty-files"]);
        assert.match(findings[0]!.sentence, new RegExp(`${name}.parquet#1, ${name}.parquet#3`));
        const out = `${dir}/pack-${name}`;
        await Deno.mkdir(out);
        const world = { train: 0, test: 0, seed: 0 };
        await assert.rejects(
          ingest(binding, { px: 8, world, out }),
          inputError("more than 1 % of the 5 images are broken", "#1 (the file is empty)"),
        );
      }
      using broken = await open({ train: `${dir}/broken.parquet` });
      await assert.rejects(decodeImage(await broken.read("train", 0), 8));
      await assertColours(broken, "test", []);
    }),
});

Deno.test("parquet names the file of which a page of images is damaged", () =>
  inTempDir(async (dir) => {
    const path = `${dir}/a.parquet`;
    const bytes = await Deno.readFile(`${fixtures}/images.parquet`);
    // The header of the first page of images.
    bytes.fill(255, 4, 30);
    await Deno.writeFile(path, bytes);
    using data = await open({ train: path, labels });
    await assert.rejects(data.read("train", 0), inputError(`${path}: it is damaged`, "Copy it"));
  }));

Deno.test("parquet files are found, hashed, told apart and packed as others are", () =>
  inTempDir(async (dir) => {
    await Deno.copyFile(`${fixtures}/images.parquet`, `${dir}/train-0.parquet`);
    const train = [`${dir}/train-0.parquet`];
    const binding = { dataset: "parquet", train, test: train, labels } as const;
    const memo = `${dir}/memo`;
    const facts = await filesFacts(binding, { memo });
    assert.deepEqual([facts.trainImages, facts.testImages], [5, 5]);
    assert.deepEqual(facts.findings.map(({ name }) => name), ["test-images-in-train"]);
    assert.equal((await filesFacts(binding, { memo })).id, facts.id);
    // The same files, read in another way, are another data set.
    const { test: _, ...trained } = binding;
    const others = [{ ...binding, labels: ["coarse"] }, { ...trained, unlabelled: train }, {
      ...trained,
      train: [...train, ...train],
    }];
    const ids = await Promise.all(others.map(async (one) => (await filesFacts(one, { memo })).id));
    assert.equal(new Set([facts.id, ...ids]).size, 4);
    const out = `${dir}/pack`;
    await Deno.mkdir(out);
    const world = { train: 0, test: 0, seed: 0 };
    const { train: packed, skipped } = await ingest(binding, { px: 8, world, out });
    assert.deepEqual([packed, skipped], [5, []]);
    const pack = await readPack(out);
    const pixels = await pack.split("train").read(Uint32Array.of(4));
    assert.deepEqual([...pixels.subarray(0, 3)], [160, 100, 95]);
  }));
