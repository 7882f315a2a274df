import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { imagenet } from "@/lib/data/adapters/imagenet.ts";
import { imagenetClasses } from "@/lib/data/adapters/imagenet_classes.ts";
import { assertPixels, hashOf, labelled, withOtherByte } from "@/tests/data/adapters/opened.ts";
import type { DataSet, LabelledSplit } from "@/lib/data/data_set.ts";
import {
  type Files,
  inputError,
  inTempDir,
  noiseJpeg,
  tarOf,
  writeFolder,
  writeTar,
} from "@/tests/data/fixtures.ts";

// Two classes that share a name, and a fish.
const tench = "n01440764", bird = "n02012849", machine = "n03126707";
const classes = [machine, tench, bird];
const names: Readonly<Record<string, string>> = {
  [tench]: "n01440764 tench",
  [bird]: "n02012849 crane",
  [machine]: "n03126707 crane",
};

/** Training images as `<id>/<id>_<number>.JPEG`. */
async function trainingImages(): Promise<Files> {
  const files: Files = {};
  for (const [i, id] of classes.entries()) {
    for (const number of [2, 10]) {
      files[`${id}/${id}_${number}.JPEG`] = await noiseJpeg(10 * i + number);
    }
  }
  return files;
}

/** The tar of each class, by name, with paths such as `<id>_<number>.JPEG`. */
async function classTars(images: Files): Promise<Files> {
  const tars: Files = {};
  for (const id of classes) {
    const own = Object.entries(images).filter(([path]) => path.startsWith(id));
    const flat = own.map(([path, bytes]) => [path.slice(id.length + 1), bytes] as const);
    tars[`${id}.tar`] = await tarOf(flat);
  }
  return tars;
}

/** Validation images with the names of the flat form. */
async function validationImages(): Promise<Files> {
  const files: Files = {};
  for (const i of [1, 2, 3, 4]) {
    files[`ILSVRC2012_val_${`${i}`.padStart(8, "0")}.JPEG`] = await noiseJpeg(90 + i);
  }
  return files;
}

const truth = [bird, machine, bird, tench];

/** Writes every published form of one small set below a folder; gives the images. */
async function writeForms(dir: string) {
  const train = await trainingImages();
  const val = await validationImages();
  const sorted = Object.fromEntries(
    Object.entries(val).map(([name, bytes], i) => [`${truth[i]}/${name}`, bytes]),
  );
  const tars = await classTars(train);
  await writeFolder(`${dir}/train`, train);
  await writeFolder(`${dir}/class_tars`, tars);
  await writeTar(`${dir}/ILSVRC2012_img_train.tar`, tars);
  await writeFolder(`${dir}/val`, val);
  await writeTar(`${dir}/ILSVRC2012_img_val.tar`, val);
  await writeFolder(`${dir}/val_sorted`, sorted);
  await writeFolder(dir, {
    "ids.txt": `${truth.join("\n")}\n`,
    "numbers.txt": "2\n1\n2\n3\n",
    "synsets.txt": `${machine} crane\n${bird} crane\n${tench} tench, Tinca tinca\n`,
  });
  return { train, val };
}

Deno.test("imagenet reads folders, class tars and the tar of tars, with every kind of validation set, alike", () =>
  inTempDir(async (dir) => {
    const { train, val } = await writeForms(dir);
    const ids = { ground_truth: `${dir}/ids.txt` };
    const kit = { ground_truth: `${dir}/numbers.txt`, synsets: `${dir}/synsets.txt` };
    const forms = [
      { train: "train", validation: "val", ...ids },
      { train: "train", validation: "ILSVRC2012_img_val.tar", ...kit },
      { train: "class_tars", validation: "val", ...kit },
      { train: "ILSVRC2012_img_train.tar", validation: "ILSVRC2012_img_val.tar", ...ids },
      { train: "ILSVRC2012_img_train.tar", validation: "val_sorted" },
    ];
    for (const form of forms) {
      using data = await imagenet.open({
        ...form,
        dataset: "imagenet",
        train: `${dir}/${form.train}`,
        validation: `${dir}/${form.validation}`,
      });
      assert.deepEqual(data.hierarchy.leaves.map(({ name }) => name), Object.values(names));
      assert.deepEqual(
        labelled(data, "train"),
        [tench, bird, machine].flatMap((id) =>
          [10, 2].map((i) => [`${id}/${id}_${i}.JPEG`, names[id]])
        ),
      );
      const tested = labelled(data, "test").map(([path, name]) => [path.split("/").at(-1), name]);
      assert.deepEqual(
        tested,
        ([[4, tench], [1, bird], [3, bird], [2, machine]] as const).map(([i, id]) => [
          `ILSVRC2012_val_0000000${i}.JPEG`,
          names[id],
        ]),
      );
      await assertPixels(data, "train", (path) => train[path]);
      await assertPixels(data, "test", (path) => val[path.split("/").at(-1)!]);
    }
  }));

Deno.test("imagenet reads Kaggle's, Hugging Face's and Tiny ImageNet's forms", () =>
  inTempDir(async (dir) => {
    const train = await trainingImages(), val = await validationImages();
    const named = (images: Files, id: (path: string, i: number) => string) =>
      Object.fromEntries(
        Object.entries(images).map(([path, bytes], i) => [
          path.split("/").at(-1)!.replace(".JPEG", `_${id(path, i)}.JPEG`),
          bytes,
        ]),
      );
    const flat = Object.entries(named(train, (path) => path.split("/")[0]!));
    const kaggle = Object.keys(val).map((name, i) =>
      `${name.split(".")[0]},${truth[i]} 1 2 3 4 \n`
    );
    await writeFolder(`${dir}/CLS-LOC/train`, train);
    await writeFolder(`${dir}/CLS-LOC/val`, val);
    await writeFolder(`${dir}/hf_flat`, Object.fromEntries(flat));
    const tar = async (files: Files) => gzipSync(await tarOf(files));
    await writeFolder(`${dir}/hf`, {
      "train_images_0.tar.gz": await tar(Object.fromEntries(flat.slice(0, 3))),
      "train_images_1.tar.gz": await tar(Object.fromEntries(flat.slice(3))),
      "val_images.tar.gz": await tar(named(val, (_, i) => truth[i]!)),
    });
    await writeFolder(dir, {
      "LOC_val_solution.csv": `ImageId,PredictionString\n${kaggle.toReversed().join("")}`,
    });
    // Tiny ImageNet has its own names, in lower case here.
    for (const [path, bytes] of Object.entries(train)) {
      const [id, name] = path.split("/") as [string, string];
      const tiny = `tiny/train/${id}/images/${name.replace(".JPEG", ".jpeg")}`;
      await writeFolder(dir, { [tiny]: bytes });
    }
    for (const [i, bytes] of Object.values(val).entries()) {
      await writeFolder(dir, { [`tiny/val/images/val_${i}.jpeg`]: bytes });
    }
    const annotations = truth.map((id, i) => `val_${i}.jpeg\t${id}\t0\t32\t44\t62\n`).join("");
    await writeFolder(dir, { "tiny/val/val_annotations.txt": annotations });

    const kit = { ground_truth: "LOC_val_solution.csv" };
    const forms = [
      { train: "CLS-LOC/train", validation: "CLS-LOC/val", ...kit },
      { train: "hf_flat", validation: "CLS-LOC/val", ...kit },
      { train: "hf", validation: "hf/val_images.tar.gz" },
      { train: "tiny/train", validation: "tiny/val", ground_truth: "tiny/val/val_annotations.txt" },
    ];
    const bytesOf = async (data: DataSet, split: LabelledSplit, name: string | undefined) => {
      const found: string[] = [];
      for (const [i, [, label]] of labelled(data, split).entries()) {
        const picture = await data.read(split, i);
        if (label === name && "encoded" in picture) found.push(picture.encoded.join());
      }
      return found.sort();
    };
    for (const form of forms) {
      const paths = Object.entries(form).map(([field, path]) => [field, `${dir}/${path}`]);
      using data = await imagenet.open({ dataset: "imagenet", ...Object.fromEntries(paths) });
      assert.deepEqual([data.train.length, data.test.length], [6, 4]);
      assert.deepEqual(
        data.readAs,
        "ground_truth" in form
          ? [`${dir}/${form.ground_truth} is read as a name and a WordNet id a line`]
          : [],
      );
      for (const id of classes) {
        const own = Object.entries(train).filter(([path]) => path.startsWith(id));
        const expected = own.map(([, bytes]) => (bytes as Uint8Array).join()).sort();
        assert.deepEqual(await bytesOf(data, "train", names[id]), expected);
        const tested = Object.values(val).filter((_, i) => truth[i] === id);
        const expectedTest = tested.map((bytes) => (bytes as Uint8Array).join()).sort();
        assert.deepEqual(await bytesOf(data, "test", names[id]), expectedTest);
      }
    }
  }));

Deno.test("imagenet keeps the whole tree above the classes that have an image", () =>
  inTempDir(async (dir) => {
    const { hierarchy, numbers } = await imagenetClasses();
    await writeForms(dir);
    using data = await imagenet.open({
      dataset: "imagenet",
      train: `${dir}/train`,
      validation: `${dir}/val_sorted`,
    });
    assert.deepEqual(data.hierarchy.levels, hierarchy.levels);
    const path = data.hierarchy.leaves[0]!.path;
    assert.deepEqual(path, hierarchy.leaves[numbers.get(tench)!]!.path);
    assert.equal(path[0], "n01440764 tench");
    assert.deepEqual(path.slice(-6), [
      "organism",
      "living thing",
      "whole",
      "object",
      "physical entity",
      "entity",
    ]);
  }));

Deno.test("imagenet's identity depends on bytes and labels alone, not on the place", () =>
  inTempDir(async (dir) => {
    const open = (at: string, train: string) =>
      imagenet.open({
        dataset: "imagenet",
        train: `${at}/${train}`,
        validation: `${at}/val`,
        ground_truth: `${at}/ids.txt`,
      });
    const { train, val } = await writeForms(`${dir}/a`);
    await writeForms(`${dir}/b`);
    for (const form of ["train", "class_tars", "ILSVRC2012_img_train.tar"]) {
      assert.equal(await hashOf(open(`${dir}/a`, form)), await hashOf(open(`${dir}/b`, form)));
    }
    const before = await hashOf(open(`${dir}/b`, "train"));
    const path = `${bird}/${bird}_2.JPEG`;
    await writeFolder(`${dir}/b/train`, withOtherByte(train, path));
    const after = await hashOf(open(`${dir}/b`, "train"));
    assert.notEqual(after, before);
    await writeFolder(`${dir}/b/val`, withOtherByte(val, "ILSVRC2012_val_00000003.JPEG"));
    assert.notEqual(await hashOf(open(`${dir}/b`, "train")), after);
    await writeFolder(`${dir}/a`, { "ids.txt": `${[bird, machine, tench, tench].join("\n")}\n` });
    assert.notEqual(await hashOf(open(`${dir}/a`, "train")), before);
  }));

Deno.test("imagenet refuses what is not of its form", async (t) => {
  const image = await noiseJpeg(1);
  const refusals: {
    name: string;
    train?: Files;
    validation?: Files;
    truth?: string;
    says: string[];
  }[] = [
    {
      name: "a WordNet id of none of its classes",
      train: { [`${tench}/1.JPEG`]: image, "n00007846/1.JPEG": image },
      says: ["train: n00007846/1.JPEG: n00007846 is not one of the 1,000 classes", "image-folder"],
    },
    {
      name: "an image whose name says two classes",
      train: { [`${tench}_1_${bird}.JPEG`]: image },
      says: [`train: ${tench}_1_${bird}.JPEG: its name has the WordNet ids ${tench} and ${bird}`],
    },
    {
      name: "a class tar of none of its classes",
      train: { "n00007846.tar": await tarOf({ "1.JPEG": image }) },
      says: ["train: n00007846.tar: n00007846 is not one of the 1,000 classes"],
    },
    {
      name: "an image in no class folder",
      train: { "dogs/1.JPEG": image },
      says: [
        "train: dogs/1.JPEG: the image is not in a folder named after a WordNet id",
        "n01440764",
      ],
    },
    {
      name: "a class without an image",
      train: { [`${tench}.tar`]: await tarOf({ "readme.txt": "none" }) },
      says: [`train: ${tench}.tar: there is no image in it`, "Copy it again"],
    },
    {
      name: "a split without an image",
      train: { "readme.txt": "none" },
      validation: { [`${tench}/1.JPEG`]: image },
      says: ["train: there are no images in it", "Name the folder or archive"],
    },
    {
      name: "flat validation images without ground truth",
      says: [
        "val: its images are not in class folders, and there is no ground truth",
        "ground_truth",
      ],
    },
    {
      name: "a validation image without a number",
      validation: { "1.JPEG": image },
      truth: `${tench}\n`,
      says: [
        "val: 1.JPEG: the image is not in a folder named after a WordNet id",
        "ILSVRC2012_val_00000001",
      ],
    },
    {
      name: "ground truth with too few lines",
      truth: `${tench}\n${tench}\n`,
      says: [
        "truth.txt: it has 2 lines, and there is an image ILSVRC2012_val_00000003.JPEG",
        "50,000",
      ],
    },
  ];
  for (const { name, says, ...given } of refusals) {
    await t.step(name, () =>
      inTempDir(async (dir) => {
        await writeFolder(`${dir}/train`, given.train ?? { [`${tench}/1.JPEG`]: image });
        await writeFolder(`${dir}/val`, given.validation ?? await validationImages());
        if (given.truth !== undefined) await Deno.writeTextFile(`${dir}/truth.txt`, given.truth);
        const opening = imagenet.open({
          dataset: "imagenet",
          train: `${dir}/train`,
          validation: `${dir}/val`,
          ...given.truth !== undefined && { ground_truth: `${dir}/truth.txt` },
        });
        await assert.rejects(opening, inputError(`${dir}/`, ...says));
      }));
  }
});

Deno.test("imagenet names the class tar that is empty, cut short or unsafe inside the one tar", () =>
  inTempDir(async (dir) => {
    const good = await tarOf({ "1.JPEG": await noiseJpeg(1, 64, 64) });
    const train = `${dir}/train.tar`;
    await writeFolder(`${dir}/val`, { [`${tench}/1.JPEG`]: await noiseJpeg(2) });
    const refusals: [Uint8Array, string][] = [
      [new Uint8Array(), "there is no image in it"],
      [good.subarray(0, 1500), "the tar cannot be read"],
      [await tarOf({ "../1.JPEG": "x" }), 'the entry "../1.JPEG" does not stay inside the archive'],
      [await tarOf({}, [{ name: "2.JPEG", type: "symlink", linkname: "1.JPEG" }]), "is a symlink"],
    ];
    for (const [bad, says] of refusals) {
      await writeTar(train, { [`${tench}.tar`]: good, [`${bird}.tar`]: bad });
      const opening = imagenet.open({ dataset: "imagenet", train, validation: `${dir}/val` });
      await assert.rejects(opening, inputError(`${train}: ${bird}.tar: `, says));
    }
  }));

Deno.test("imagenet asks to unpack a compressed tar of tars", () =>
  inTempDir(async (dir) => {
    const tars = await classTars(await trainingImages());
    const train = `${dir}/train.tar.gz`;
    await Deno.writeFile(train, gzipSync(await tarOf(tars)));
    await writeFolder(`${dir}/val`, { [`${tench}/1.JPEG`]: await noiseJpeg(2) });
    await assert.rejects(
      imagenet.open({ dataset: "imagenet", train, validation: `${dir}/val` }),
      inputError(`${train}: it is compressed and holds tars. Unpack it once`),
    );
  }));
