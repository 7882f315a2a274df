import assert from "node:assert/strict";
import { permutation, randomAt } from "@/lib/base/random.ts";
import type { ImageFiles } from "@/lib/data/listing/image_list.ts";
import type { LabelTable } from "@/lib/data/listing/labels_tsv.ts";
import { imageFolderLayout } from "@/lib/data/listing/layout.ts";
import { inputError } from "@/tests/data/fixtures.ts";

const filesOf = (...paths: string[]) => paths.map((path) => ({ path, size: 1, offset: 0 }));
const bare = { labels: undefined, place: "here" };

type SourceFiles = ReturnType<typeof filesOf>;

function layOut(
  files: SourceFiles,
  { labels, place }: { labels: LabelTable | undefined; place: string },
) {
  const reader = imageFolderLayout(place);
  for (const file of files) reader.add(file);
  const { hierarchy, train, test, unlabelled } = reader.finish({ labels, order: "class" });
  const listed = (list: typeof train) =>
    Array.from({ length: list.length }, (_, i) => ({ file: list.file(i), leaf: list.leaves[i] }));
  return { hierarchy, train: listed(train), test: listed(test), loose: pathsOf(unlabelled) };
}

function pathsOf(list: ImageFiles): string[] {
  return Array.from({ length: list.length }, (_, i) => list.file(i).path);
}

function findLabels(files: SourceFiles, place: string) {
  const reader = imageFolderLayout(place);
  for (const file of files) reader.add(file);
  return reader.labels();
}

Deno.test("imageFolderLayout() makes folder names the classes of one level and sorts the images", () => {
  const paths = [
    "train/b/2.jpg",
    "train/b/10.JPG",
    "train/a/1.Png",
    "test/a/1.webp",
    "test/c/x.jpeg",
  ];
  const sorted = ["train/a/1.Png", "train/b/10.JPG", "train/b/2.jpg"];
  for (let seed = 0; seed < 10; seed++) {
    const order = permutation(paths.length, randomAt(seed, "test"));
    const layout = layOut(filesOf(...[...order].map((i) => paths[i]!), "train/a/notes.txt"), bare);
    assert.deepEqual(layout.hierarchy.levels, ["class"]);
    assert.deepEqual(layout.hierarchy.leaves.map(({ path }) => path), [["a"], ["b"], ["c"]]);
    assert.deepEqual(layout.train.map(({ file }) => file.path), sorted);
    assert.deepEqual(layout.train.map(({ leaf }) => leaf), [0, 1, 1]);
    assert.deepEqual(layout.test.map(({ leaf }) => leaf), [0, 2]);
  }
});

Deno.test("imageFolderLayout() finds the splits below one top folder, whatever its name, and takes val as test", () => {
  for (const top of ["", "birds/", "train/", "test/"]) {
    const layout = layOut(filesOf(`${top}train/a/1.jpg`, `${top}val/a/1.jpg`), bare);
    assert.deepEqual([layout.train.length, layout.test.length], [1, 1]);
  }
  const trains = layOut(filesOf("train/train/1.jpg", "test/train/1.jpg"), bare);
  assert.deepEqual(trains.hierarchy.leaves.map(({ name }) => name), ["train"]);
});

Deno.test("imageFolderLayout() brings class names into one Unicode form and keeps any script", () => {
  const layout = layOut(
    filesOf("train/cafe\u0301/1.jpg", "train/caf\u00e9/2.jpg", "train/鳥/1.jpg", "test/🦉/1.jpg"),
    bare,
  );
  assert.deepEqual(layout.hierarchy.leaves.map(({ name }) => name), ["caf\u00e9", "鳥", "🦉"]);
  assert.deepEqual(layout.train.map(({ leaf }) => leaf), [0, 0, 1]);
});

Deno.test("imageFolderLayout() takes the tree from the labels and drops rows without an image", () => {
  const rows = new Map([["cat", ["cat", "animal"]], ["elm", ["elm", "tree"]], ["asp", [
    "asp",
    "tree",
  ]]]);
  const labels = { levels: ["fine", "coarse"], rows };
  const layout = layOut(filesOf("train/elm/1.jpg", "test/cat/1.jpg"), { labels, place: "here" });
  assert.deepEqual(layout.hierarchy, {
    levels: ["fine", "coarse"],
    leaves: [{ name: "cat", path: ["cat", "animal"] }, { name: "elm", path: ["elm", "tree"] }],
  });
  assert.throws(
    () => layOut(filesOf("train/elm/1.jpg", "test/yew/1.jpg"), { labels, place: "here" }),
    inputError('here: labels.tsv: no line for 1 class folder: "yew"', "Add a line"),
  );
});

Deno.test("imageFolderLayout() takes images without classes from unlabelled, in either spelling and any subfolder", () => {
  const loose = ["unlabelled/2.jpg", "unlabelled/a/1.jpg", "unlabelled/train/b/c/3.png"];
  const labelled = ["train/a/1.jpg", "test/a/1.jpg"];
  for (const top of ["", "birds/"]) {
    for (const spelt of ["unlabelled", "unlabeled"]) {
      const moved = loose.map((path) => top + path.replace("unlabelled", spelt));
      const layout = layOut(filesOf(...moved, ...labelled.map((path) => top + path)), bare);
      assert.deepEqual(layout.loose, moved);
      assert.deepEqual([layout.train.length, layout.test.length], [1, 1]);
      assert.deepEqual(layout.hierarchy.leaves.map(({ name }) => name), ["a"]);
    }
  }
});

Deno.test("imageFolderLayout() needs no test images, and no labels where there are images without", () => {
  const trained = layOut(filesOf("train/a/1.jpg"), bare);
  assert.deepEqual([trained.train.length, trained.test.length, trained.loose], [1, 0, []]);
  const labels = { levels: ["fine"], rows: new Map([["a", ["a"]]]) };
  for (const paths of [["unlabelled/1.jpg"], ["top/unlabelled/1.jpg", "top/unlabeled/b/2.jpg"]]) {
    const layout = layOut(filesOf(...paths), { labels, place: "here" });
    assert.deepEqual(layout.loose, paths.toSorted());
    assert.deepEqual(layout.hierarchy, { levels: [], leaves: [] });
  }
  // A class may be called so.
  const named = layOut(filesOf("train/unlabelled/1.jpg", "test/unlabelled/1.jpg"), bare);
  assert.deepEqual([named.train.length, named.test.length, named.loose], [1, 1, []]);
});

Deno.test("imageFolderLayout() refuses other arrangements and says how to arrange the images", () => {
  const refused: [string[], string][] = [
    [["a/notes.txt"], "there are no images"],
    [["cat/1.jpg", "dog/1.jpg"], "there is no folder train with images, only cat, dog"],
    [["1.jpg"], "there is no folder train with images, only images in no folder"],
    [["test/a/1.jpg"], "there is no folder train with images, only test"],
    [["train/a/1.jpg", "test/1.jpg"], "the image test/1.jpg is in no class"],
    [["train/a/b/1.jpg"], "the image train/a/b/1.jpg is in no class"],
    [["train/a/b/1.jpg", "test/a/1.jpg"], "the image train/a/b/1.jpg is in no class"],
    [["train/a/1.jpg", "test/a/1.jpg", "extra/a/1.jpg"], "the image extra/a/1.jpg is in no class"],
  ];
  for (const [paths, text] of refused) {
    assert.throws(
      () => layOut(filesOf(...paths), bare),
      inputError(
        `here: ${text}`,
        "Arrange the images as train/<class>/<file> and test/<class>/<file>",
      ),
    );
  }
  assert.throws(
    () => layOut(filesOf("train/a/1.jpg", "dev/a/1.jpg", "val/a/1.jpg"), bare),
    inputError("there is a folder dev and a folder val", "Put their images into one"),
  );
});

Deno.test("imageFolderLayout() knows the splits by their usual names, in any case and below a top folder", () => {
  const usual = {
    train: ["train", "training", "Train"],
    test: ["test", "testing", "eval", "Evaluation", "val"],
  };
  for (const train of usual.train) {
    for (const test of [...usual.test, "valid", "validation", "dev", "TEST"]) {
      for (const top of ["", "birds/", "eval/"]) {
        const paths = [`${top}${train}/a/1.jpg`, `${top}${test}/a/1.jpg`] as const;
        const layout = layOut(filesOf(...paths), bare);
        assert.equal(layout.train[0]!.file.path, paths[0]);
        assert.equal(layout.test[0]!.file.path, paths[1]);
      }
    }
  }
});

Deno.test("imageFolderLayout() tests on test and leaves val unused, or the other way round where that is asked, and says so", () => {
  const paths = ["train/a/1.jpg", "test/a/2.jpg", "validation/a/3.jpg", "validation/v/4.jpg"];
  const layOutAs = (tested?: "test" | "val", some = paths) => {
    const reader = imageFolderLayout("here");
    reader.addFolder("validation/v");
    for (const file of filesOf(...some)) reader.add(file);
    const layout = reader.finish({ labels: undefined, order: "class", tested });
    const { hierarchy, test, readAs, emptyClasses } = layout;
    const names = hierarchy.leaves.map(({ name }) => name);
    return { test: pathsOf(test), names, readAs: readAs.join(), emptyClasses };
  };
  for (const asked of [undefined, "test"] as const) {
    const { readAs, ...found } = layOutAs(asked);
    // What is unused alone has is no class.
    assert.deepEqual(found, { test: ["test/a/2.jpg"], names: ["a"], emptyClasses: [] });
    assert.match(readAs, /2 images of val are not used, for those of test are tested on/);
  }
  const { readAs, ...other } = layOutAs("val");
  assert.deepEqual(other.test, ["validation/a/3.jpg", "validation/v/4.jpg"]);
  assert.deepEqual(other.names, ["a", "v"]);
  assert.match(readAs, /1 image of test is not used/);
  assert.equal(layOutAs(undefined, paths.filter((one) => !one.startsWith("test"))).readAs, "");
  assert.throws(
    () => layOutAs("val", paths.slice(0, 2)),
    inputError("here: there is no folder val with images", "Leave out tested"),
  );
});

Deno.test("labels() finds one file at or below the top, and refuses two", () => {
  assert.equal(
    findLabels(filesOf("x/labels.tsv", "x/train/labels.tsv"), "here")?.path,
    "x/labels.tsv",
  );
  assert.equal(findLabels(filesOf("labels.tsv"), "here")?.path, "labels.tsv");
  assert.equal(findLabels(filesOf("train/a/1.jpg"), "here"), undefined);
  assert.throws(
    () => findLabels(filesOf("labels.tsv", "x/labels.tsv"), "here"),
    inputError("here: there are two label files: labels.tsv and x/labels.tsv"),
  );
});

Deno.test("imageFolderLayout() takes the extensions of images in any case, and counts the others", () => {
  const names = ["1.jfif", "2.JPE", "3.jif", "4.pjpeg", "5.gif", "6.TIFF", "7.tif", "8.avif"];
  const reader = imageFolderLayout("here");
  const others = ["train/a/1.bmp", "train/a/2.HEIC", "train/a/noextension", "movie.mp4"];
  const paths = [
    ...names.map((name) => `train/a/${name}`),
    "test/a/1.jpg",
    "labels.tsv",
    ...others,
  ];
  for (const file of filesOf(...paths)) reader.add(file);
  const { train, leftOut } = reader.finish({ labels: undefined, order: "class" });
  assert.equal(train.length, names.length);
  assert.deepEqual(leftOut, { "": 1, ".bmp": 1, ".heic": 1, ".mp4": 1 });
});

Deno.test("imageFolderLayout() refuses a class folder of whose files none is read, with what is in it", () => {
  for (const top of ["", "top/"]) {
    const good = [`${top}train/a/1.jpg`, `${top}test/a/1.jpg`, `${top}train/b/1.jpg`];
    for (const split of ["train", "test"]) {
      const folder = `${top}${split}/c`;
      const spoiled = [`${folder}/1.heic`, `${folder}/2.heic`, `${folder}/3`];
      assert.throws(
        () => layOut(filesOf(...good, ...spoiled), bare),
        inputError(
          `here: ${folder}: no image of the class c is read: ` +
            "there are only 2 .heic, 1 without extension",
          "Save them as .jpg",
        ),
      );
    }
    // Neither other folders nor texts make a class.
    layOut(filesOf(...good, `${top}train/d/x.txt`, `${top}raw/e/1.heic`, "1.heic"), bare);
  }
});

Deno.test("imageFolderLayout() lists class folders without any image, hidden ones and those elsewhere left alone", () => {
  for (const top of ["", "top/"]) {
    const reader = imageFolderLayout("here");
    for (const file of filesOf(`${top}train/a/1.jpg`, `${top}test/b/1.jpg`)) reader.add(file);
    const folders = ["train", "train/a", "train/b", "train/d", "test/d", "test/cafe\u0301", "x/y"];
    for (const folder of folders) reader.addFolder(top + folder);
    const { emptyClasses, hierarchy } = reader.finish({ labels: undefined, order: "class" });
    assert.deepEqual(emptyClasses, ["caf\u00e9", "d"]);
    assert.deepEqual(hierarchy.leaves.map(({ name }) => name), ["a", "b"]);
  }
});

Deno.test("imageFolderLayout() knows the other names of unlabelled", () => {
  for (const name of ["Un labelled", "unlabeled_images", "un-labelled"]) {
    assert.throws(
      () => layOut(filesOf("train/a/1.jpg", "test/a/1.jpg", `${name}/1.jpg`), bare),
      inputError("here: there is no folder unlabelled or unlabeled", `Rename ${name} if`),
    );
  }
});

Deno.test("imageFolderLayout() names the form of pictures that are no files", () => {
  assert.throws(
    () => layOut(filesOf("data/train-00000-of-00001.parquet", "README.md"), bare),
    inputError("here: there are no images in it, only 1 .parquet (Parquet", "dataset: parquet"),
  );
  assert.throws(
    () => layOut(filesOf("train.tfrecord-00000-of-00002", "train.tfrecord-00001-of-00002"), bare),
    inputError("only 2 .tfrecord (TensorFlow's records)"),
  );
});

Deno.test("imageFolderLayout() says that images stand in no class folder, and names splits called otherwise", () => {
  assert.throws(
    () => layOut(filesOf("train/1.jpg", "train/2.jpg"), bare),
    inputError("here: the image train/1.jpg is in no class folder", "a folder unlabelled"),
  );
  const misnamed: [string, string, string][] = [
    ["train_images", "test", "Rename train_images"],
    ["Trn", "val", "Rename Trn"],
    ["train", "TESTSET", "Rename TESTSET"],
    ["train", "validation-data", "Rename validation-data"],
    ["train", "dev set", "Rename dev set"],
  ];
  for (const [train, test, remedy] of misnamed) {
    assert.throws(
      () => layOut(filesOf(`${train}/a/1.jpg`, `${test}/a/1.jpg`), bare),
      inputError(`with images, only ${[train, test].sort().join(", ")}`, remedy),
    );
  }
  // Names that every object has.
  assert.throws(
    () => layOut(filesOf("train/a/1.jpg", "test/a/1.jpg", "constructor/a/1.jpg"), bare),
    inputError("the image constructor/a/1.jpg is in no class of train or test"),
  );
});
