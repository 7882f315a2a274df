import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { cifar10 } from "@/lib/data/adapters/cifar10.ts";
import { cifar100 } from "@/lib/data/adapters/cifar100.ts";
import { decodeImage } from "@/lib/data/files/decode.ts";
import { hashOf, labelled, withOtherByte } from "@/tests/data/adapters/opened.ts";
import {
  type Files,
  inputError,
  inTempDir,
  reversed,
  tarOf,
  writeFolder,
  writeTar,
} from "@/tests/data/fixtures.ts";

const plane = 32 * 32;

/** The value of a channel at a pixel of a record, different for each. */
const valueAt = (record: number, channel: number, pixel: number): number =>
  (record * 31 + channel * 77 + pixel) % 256;

/** Records as the binary version has them: label bytes, then the three planes. */
function records(labels: readonly (readonly number[])[], first = 0): Uint8Array {
  const parts = labels.map((bytes, i) => {
    const planes = Array.from(
      { length: 3 * plane },
      (_, at) => valueAt(first + i, Math.floor(at / plane), at % plane),
    );
    return [...bytes, ...planes];
  });
  return Uint8Array.from(parts.flat());
}

const names10 = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
];

function files10(): Files {
  const files: Files = {
    // As published: a blank line at the end.
    "batches.meta.txt": `${names10.join("\n")}\n\n`,
    "readme.html": "<html>",
    "test_batch.bin": records([[3], [9]], 100),
  };
  for (const batch of [1, 2, 3, 4, 5]) {
    files[`data_batch_${batch}.bin`] = records([[batch], [9 - batch]], 10 * batch);
  }
  return files;
}

const open10 = (path: string) => cifar10.open({ dataset: "cifar10", path });
const open100 = (path: string) => cifar100.open({ dataset: "cifar100", path });

Deno.test("cifar10 reads labels and planes of all batches, in their order", () =>
  inTempDir(async (dir) => {
    await writeFolder(dir, files10());
    using data = await open10(dir);
    assert.deepEqual(data.hierarchy.levels, ["class"]);
    // No image has the label 0.
    assert.deepEqual(
      data.hierarchy.leaves.map(({ name }) => name),
      names10.slice(1, 9).concat("truck"),
    );
    assert.deepEqual(labelled(data, "test"), [["test_batch.bin#0", "cat"], [
      "test_batch.bin#1",
      "truck",
    ]]);
    assert.deepEqual(
      labelled(data, "train"),
      [1, 2, 3, 4, 5].flatMap((batch) => [
        [`data_batch_${batch}.bin#0`, names10[batch]],
        [`data_batch_${batch}.bin#1`, names10[9 - batch]],
      ]),
    );
    for (const [split, index, record] of [["train", 5, 31], ["test", 1, 101]] as const) {
      const picture = await data.read(split, index);
      const expected = Uint8Array.from(
        { length: 3 * plane },
        (_, i) => valueAt(record, i % 3, Math.floor(i / 3)),
      );
      assert.deepEqual(await decodeImage(picture, 32), expected);
    }
  }));

Deno.test("cifar10's identity depends on bytes and names alone, not on the place", () =>
  inTempDir(async (dir) => {
    const files = files10();
    await writeFolder(`${dir}/a`, files);
    await writeFolder(`${dir}/b/c`, { ...files, "readme.html": "another" });
    const hash = await hashOf(open10(`${dir}/a`));
    assert.equal(await hashOf(open10(`${dir}/b/c`)), hash);
    await writeFolder(`${dir}/a`, withOtherByte(files, "data_batch_4.bin"));
    assert.notEqual(await hashOf(open10(`${dir}/a`)), hash);
    await writeFolder(`${dir}/b/c`, {
      "batches.meta.txt": names10.join("\n").replace("cat", "lynx"),
    });
    assert.notEqual(await hashOf(open10(`${dir}/b/c`)), hash);
  }));

Deno.test("cifar10 refuses files of another size, labels that do not exist, and other names", () =>
  inTempDir(async (dir) => {
    const files = files10();
    const spoiled: [Files, string, string[]][] = [
      [
        { "data_batch_3.bin": (files["data_batch_3.bin"] as Uint8Array).subarray(1) },
        "data_batch_3.bin: it has 6145 bytes, which is not a whole number of records of 3073",
        ["not that for Python"],
      ],
      [{ "test_batch.bin": "" }, "test_batch.bin: it has 0 bytes", ["Copy it again"]],
      [
        { "data_batch_2.bin": records([[1], [10]]) },
        "data_batch_2.bin: record 1: its class is 10, and there are 10",
        ["as published"],
      ],
      [{ "batches.meta.txt": "cat\ndog\n" }, "batches.meta.txt: it names 2 classes", ["Name 10"]],
    ];
    for (const [bad, place, says] of spoiled) {
      await writeFolder(dir, { ...files, ...bad });
      await assert.rejects(open10(dir), inputError(`${dir}/${place}`, ...says));
    }
    await writeFolder(dir, files);
    await Deno.remove(`${dir}/data_batch_5.bin`);
    await assert.rejects(
      open10(dir),
      inputError(`${dir}/data_batch_5.bin: the file is missing`, "binary version"),
    );
  }));

Deno.test("cifar10 is read from a folder above it, and from its tar, packed or not", () =>
  inTempDir(async (dir) => {
    const files = files10();
    const below = Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [`cifar-10-batches-bin/${name}`, bytes]),
    );
    await writeFolder(`${dir}/flat`, files);
    await writeFolder(`${dir}/above`, { ...below, "cifar-10-batches-py/data_batch_1": "pickle" });
    // The tar as published, in an order of its own.
    await writeTar(`${dir}/a.tar`, reversed(below));
    await Deno.writeFile(`${dir}/cifar-10-binary.tar.gz`, gzipSync(await tarOf(reversed(below))));
    using flat = await open10(`${dir}/flat`);
    assert.equal(await hashOf(open10(`${dir}/above`)), await hashOf(open10(`${dir}/flat`)));
    for (const path of ["above", "a.tar", "cifar-10-binary.tar.gz"]) {
      using data = await open10(`${dir}/${path}`);
      for (const split of ["train", "test"] as const) {
        assert.deepEqual(labelled(data, split), labelled(flat, split));
        assert.deepEqual(await data.read(split, 1), await flat.read(split, 1));
      }
    }
    const hash = await hashOf(open10(`${dir}/a.tar`));
    await writeTar(`${dir}/a.tar`, withOtherByte(below, "cifar-10-batches-bin/test_batch.bin"));
    assert.notEqual(await hashOf(open10(`${dir}/a.tar`)), hash);
    await writeFolder(`${dir}/above/copy`, files);
    await assert.rejects(
      open10(`${dir}/above`),
      inputError(
        `${dir}/above: it holds both cifar-10-batches-bin/`,
        " and copy/",
        "Name the folder",
      ),
    );
  }));

Deno.test("cifar10 and cifar100 name the version that is there in place of theirs", () =>
  inTempDir(async (dir) => {
    const refused: [typeof open10, Files, string[]][] = [
      [
        open10,
        { "cifar-10-batches-py/data_batch_1": "x", "cifar-10-batches-py/batches.meta": "x" },
        [
          "data_batch_1.bin: the file is missing; there is cifar-10-batches-py/batches.meta, of the version for Python",
          "Use the binary version of CIFAR: cifar-10-binary.tar.gz",
        ],
      ],
      [open100, { "train": "x", "test": "x", "meta": "x" }, [
        "train.bin: the file is missing; there is meta, of the version for Python",
        "cifar-100-binary.tar.gz",
      ]],
      [open10, { "data_batch_1.mat": "x" }, [
        "there is data_batch_1.mat, of the version for MATLAB",
      ]],
      [open100, { "cifar-100-binary.tar.gz": "x" }, [
        "there is cifar-100-binary.tar.gz, which holds it and can be named itself",
      ]],
      [open100, files10(), ["of the other of CIFAR-10 and CIFAR-100"]],
      [open10, files100(), ["of the other of CIFAR-10 and CIFAR-100"]],
    ];
    for (const [i, [open, files, says]] of refused.entries()) {
      await writeFolder(`${dir}/${i}`, files);
      await assert.rejects(open(`${dir}/${i}`), inputError(`${dir}/${i}/`, ...says));
    }
    await writeTar(`${dir}/cifar-10-python.tar`, { "cifar-10-batches-py/data_batch_1": "x" });
    await assert.rejects(
      open10(`${dir}/cifar-10-python.tar`),
      inputError(
        `${dir}/cifar-10-python.tar: data_batch_1.bin: the file is missing`,
        "of the version for Python",
        "cifar-10-binary.tar.gz, packed or unpacked",
      ),
    );
  }));

function files100(): Files {
  return {
    "fine_label_names.txt": Array.from({ length: 100 }, (_, i) => `fine ${i}\n`).join(""),
    "coarse_label_names.txt": Array.from({ length: 20 }, (_, i) => `coarse ${i}\n`).join(""),
    // Coarse label first.
    "train.bin": records([[4, 99], [0, 7], [4, 3], [0, 7]]),
    "test.bin": records([[19, 50], [4, 3]], 50),
  };
}

Deno.test("cifar100 makes the coarse labels a level", () =>
  inTempDir(async (dir) => {
    await writeFolder(dir, files100());
    using data = await open100(dir);
    assert.deepEqual(data.hierarchy, {
      levels: ["class", "superclass"],
      leaves: [[3, 4], [7, 0], [50, 19], [99, 4]].map(([fine, coarse]) => ({
        name: `fine ${fine}`,
        path: [`fine ${fine}`, `coarse ${coarse}`],
      })),
    });
    assert.deepEqual(
      labelled(data, "train"),
      [99, 7, 3, 7].map((fine, i) => [`train.bin#${i}`, `fine ${fine}`]),
    );
    assert.deepEqual(labelled(data, "test"), [["test.bin#0", "fine 50"], ["test.bin#1", "fine 3"]]);
    const picture = await data.read("test", 1);
    assert.ok("pixels" in picture);
    assert.deepEqual([...picture.pixels.subarray(0, 3)], [0, 1, 2].map((c) => valueAt(51, c, 0)));
  }));

Deno.test("cifar100 refuses a fine class in two coarse ones, and labels that do not exist", () =>
  inTempDir(async (dir) => {
    const spoiled: [Uint8Array, string][] = [
      [records([[4, 3], [5, 3]]), "record 1: the fine class 3 is in the coarse classes 4 and 5"],
      [records([[20, 3]]), "record 0: its coarse class is 20, and there are 20"],
      [records([[4, 100]]), "record 0: its class is 100, and there are 100"],
      [records([[3], [4]]), "it has 6146 bytes, which is not a whole number of records of 3074"],
    ];
    for (const [bytes, says] of spoiled) {
      await writeFolder(dir, { ...files100(), "train.bin": bytes });
      await assert.rejects(open100(dir), inputError(`${dir}/train.bin: ${says}`));
    }
  }));
