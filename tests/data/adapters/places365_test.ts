import assert from "node:assert/strict";
import { places365 } from "@/lib/data/adapters/places365.ts";
import { sceneParents } from "@/lib/data/adapters/places365_scenes.ts";
import { assertPixels, hashOf, labelled, withOtherByte } from "@/tests/data/adapters/opened.ts";
import {
  type Files,
  inputError,
  inTempDir,
  noiseJpeg,
  writeFolder,
  writeTar,
} from "@/tests/data/fixtures.ts";

const scenes = ["/a/airfield", "/a/apartment_building/outdoor", "/b/bedroom", "/b/beach"];
const names = ["airfield", "apartment_building/outdoor", "bedroom", "beach"];
const valLabels = [2, 0, 3, 1];

const coarse = ["indoor", "outdoor, natural", "outdoor, man-made"];
const middle = Array.from({ length: 16 }, (_, i) => `setting ${i}`);

/** A line of the csv: the scene and its flags. */
function flagged(scene: string, coarseAt: number[], middleAt: number[]): string {
  const flags = [
    ...coarse.map((_, i) => coarseAt.includes(i)),
    ...middle.map((_, i) => middleAt.includes(i)),
  ];
  return `'${scene}',${flags.map(Number).join(",")}`;
}

/** The published csv: a line of levels, a header with quoted commas, a line a scene. */
function csvOf(lines: readonly string[]): string {
  const header = ["", ...coarse, ...middle].map((name) => name.includes(",") ? `"${name}"` : name);
  return [`,Level 1,,,Level 2${",".repeat(15)}`, header.join(","), ...lines].join("\r\n");
}

const hierarchy = csvOf([
  flagged(scenes[0]!, [2], [5]),
  // Flagged twice at the middle level, and at the coarse one.
  flagged(scenes[1]!, [1, 2], [5, 7]),
  flagged(scenes[2]!, [0], [1]),
  flagged(scenes[3]!, [1], [9]),
  // Another scene of the same setting, so that most of them are man-made.
  flagged("/c/castle", [2], [5]),
]);

/** Writes a set of two training images a scene and four validation images; gives the images. */
async function writeSet(dir: string): Promise<{ train: Files; val: Files }> {
  const train: Files = {}, val: Files = {};
  for (const [i, scene] of scenes.entries()) {
    for (const number of [1, 2]) {
      train[`${scene.slice(1)}/0000000${number}.jpg`] = await noiseJpeg(10 * i + number);
    }
    val[`Places365_val_0000000${i + 1}.jpg`] = await noiseJpeg(90 + i);
  }
  await writeFolder(`${dir}/data_256_standard`, train);
  await writeFolder(`${dir}/val_256`, val);
  await writeTar(
    `${dir}/train.tar`,
    Object.fromEntries(
      Object.entries(train).map(([path, bytes]) => [`data_256_standard/${path}`, bytes]),
    ),
  );
  await writeTar(`${dir}/val.tar`, val);
  const listed = Object.keys(train).map((path) => {
    const scene = `/${path.slice(0, path.lastIndexOf("/"))}`;
    return `/${path} ${scenes.indexOf(scene)}`;
  });
  await writeFolder(dir, {
    "lists/categories_places365.txt": `${scenes.map((scene, i) => `${scene} ${i}`).join("\n")}\n`,
    "lists/places365_train_standard.txt": `${listed.join("\n")}\n`,
    "lists/places365_val.txt": valLabels.map((label, i) =>
      `Places365_val_0000000${i + 1}.jpg ${label}\n`
    ).join(""),
    "hierarchy.csv": hierarchy,
  });
  return { train, val };
}

function bindingAt(dir: string, form: { tar?: boolean; csv?: boolean } = {}) {
  return {
    dataset: "places365",
    train: form.tar ? `${dir}/train.tar` : `${dir}/data_256_standard`,
    val: form.tar ? `${dir}/val.tar` : `${dir}/val_256`,
    lists: `${dir}/lists`,
    ...form.csv && { hierarchy: `${dir}/hierarchy.csv` },
  } as const;
}

Deno.test("places365 reads nested folders and lists, from folders and from tars", () =>
  inTempDir(async (dir) => {
    const { train, val } = await writeSet(dir);
    for (const tar of [false, true]) {
      using data = await places365.open(bindingAt(dir, { tar }));
      assert.deepEqual(data.hierarchy.levels, ["scene", "place"]);
      assert.deepEqual(data.hierarchy.leaves.map(({ path }) => path), [
        ["airfield", "outdoor"],
        ["apartment_building/outdoor", "outdoor"],
        ["bedroom", "indoor"],
        ["beach", "outdoor"],
      ]);
      const found = labelled(data, "train");
      assert.equal(found.length, 8);
      for (const [path, name] of found) assert.ok(path.includes(`/${name}/0000000`), path);
      assert.deepEqual(
        labelled(data, "test"),
        [2, 4, 1, 3].map((i) => [`Places365_val_0000000${i}.jpg`, names[valLabels[i - 1]!]]),
      );
      await assertPixels(data, "train", (path) => train[path.replace("data_256_standard/", "")]);
      await assertPixels(data, "test", (path) => val[path]);
    }
  }));

Deno.test("places365 takes three levels from the csv, with one place for a scene that is flagged twice", () =>
  inTempDir(async (dir) => {
    await writeSet(dir);
    using data = await places365.open(bindingAt(dir, { csv: true }));
    assert.deepEqual(data.hierarchy.levels, ["scene", "setting", "place"]);
    assert.deepEqual(data.hierarchy.leaves.map(({ path }) => path), [
      ["airfield", "setting 5", "outdoor, man-made"],
      ["apartment_building/outdoor", "setting 5", "outdoor, man-made"],
      ["bedroom", "setting 1", "indoor"],
      ["beach", "setting 9", "outdoor, natural"],
    ]);
  }));

Deno.test("sceneParents() knows the 365 scenes as indoor or outdoor", async () => {
  const { levels, parents } = await sceneParents(undefined);
  assert.deepEqual(levels, ["scene", "place"]);
  assert.equal(parents.size, 365);
  const places = [...parents.values()].map(([place]) => place);
  const counts = ["indoor", "outdoor"].map((name) =>
    places.filter((place) => place === name).length
  );
  assert.deepEqual(counts, [160, 205]);
  assert.deepEqual(parents.get("/a/apartment_building/outdoor"), ["outdoor"]);
});

Deno.test("places365's identity depends on bytes and labels alone, not on the place", () =>
  inTempDir(async (dir) => {
    const { val } = await writeSet(`${dir}/a`);
    await writeSet(`${dir}/b`);
    const open = (at: string, form = {}) => places365.open(bindingAt(`${dir}/${at}`, form));
    const hash = await hashOf(open("a"));
    assert.equal(await hashOf(open("b")), hash);
    assert.notEqual(await hashOf(open("a", { csv: true })), hash);
    await writeFolder(`${dir}/b/val_256`, withOtherByte(val, "Places365_val_00000002.jpg"));
    assert.notEqual(await hashOf(open("b")), hash);
  }));

Deno.test("places365 reads the easy format, lists in a folder of their own, and paths without a leading slash", () =>
  inTempDir(async (dir) => {
    const { train, val } = await writeSet(dir);
    const lists = `${dir}/lists/filelist_places365-standard`;
    await Deno.mkdir(lists);
    for (const name of ["categories_places365", "places365_train_standard", "places365_val"]) {
      const text = await Deno.readTextFile(`${dir}/lists/${name}.txt`);
      const bare = text.replaceAll(/^\//gm, "").replaceAll("\n", "\r\n");
      const prefixed = name === "places365_val" ? bare.replaceAll(/^P/gm, "val_256/P") : bare;
      await Deno.writeTextFile(`${lists}/${name}.txt`, prefixed);
      await Deno.remove(`${dir}/lists/${name}.txt`);
    }
    const easyName = (name: string) => name.replaceAll("/", "-");
    const easy: Files = {};
    for (const [path, bytes] of Object.entries(train)) {
      const [, scene, file] = path.match(/^.\/(.*)\/([^/]+)$/)!;
      easy[`easy/train/${easyName(scene!)}/${file}`] = bytes;
    }
    for (const [i, [name, bytes]] of Object.entries(val).entries()) {
      easy[`easy/val/${easyName(names[valLabels[i]!]!)}/${name}`] = bytes;
    }
    await writeFolder(dir, easy);
    const binding = { ...bindingAt(dir), train: `${dir}/easy/train`, val: `${dir}/easy/val` };
    for (const paths of [binding, bindingAt(dir)]) {
      using data = await places365.open(paths);
      const found = labelled(data, "train");
      assert.equal(found.length, 8);
      for (const [path, name] of found) {
        assert.ok(path.includes(`${name}/0000000`) || path.includes(`${easyName(name)}/`), path);
      }
      assert.deepEqual(
        labelled(data, "test").map(([path, name]) => [path.split("/").at(-1), name]),
        [2, 4, 1, 3].map((i) => [`Places365_val_0000000${i}.jpg`, names[valLabels[i - 1]!]]),
      );
    }
  }));

Deno.test("sceneParents() reads a csv that is separated by semicolons or tabs", () =>
  inTempDir(async (dir) => {
    const read = async (text: string) => {
      await Deno.writeTextFile(`${dir}/a.csv`, text);
      return await sceneParents(`${dir}/a.csv`);
    };
    const expected = await read(hierarchy);
    const cells = hierarchy.replaceAll("outdoor, ", "outdoor and ").replaceAll(",", ";");
    for (const text of [cells, `\ufeff${cells.replaceAll(";", "\t")}`]) {
      const other = await read(text);
      assert.deepEqual(
        [...other.parents].map(([scene, above]) => [
          scene,
          above.map((name) => name.replace(" and ", ", ")),
        ]),
        [...expected.parents],
      );
    }
  }));

const refusals: {
  readonly name: string;
  readonly write?: Files;
  readonly remove?: string;
  readonly says: readonly string[];
}[] = [
  {
    name: "a training image in no scene's folder",
    write: { "data_256_standard/a/moon/1.jpg": "x" },
    says: ["data_256_standard: a/moon/1.jpg: its folder is not one of the scenes", "a/abbey"],
  },
  {
    name: "a training image that is missing",
    remove: "data_256_standard/b/beach/00000001.jpg",
    says: [
      "train_standard.txt: it lists 2 images of /b/beach, and 1 are there",
      "Unpack the whole set",
    ],
  },
  {
    name: "a scene with no image",
    remove: "data_256_standard/b/beach",
    says: ["train_standard.txt: it lists 2 images of /b/beach, and 0 are there"],
  },
  {
    name: "a training list with another label than the folder's",
    write: { "lists/places365_train_standard.txt": "/a/airfield/00000001.jpg 2\n" },
    says: [
      "train_standard.txt:1: the label of /a/airfield/00000001.jpg is 2, and that of its folder is 0",
      "one release",
    ],
  },
  {
    name: "a list with a label above the last",
    write: { "lists/places365_val.txt": "Places365_val_00000001.jpg 4\n" },
    says: ["places365_val.txt:1: the class is 4, and there are 4"],
  },
  {
    name: "a list line without a label",
    write: { "lists/places365_val.txt": "\nPlaces365_val_00000001.jpg\n" },
    says: [
      'places365_val.txt:2: the line is "Places365_val_00000001.jpg"',
      "Write a path, a space",
    ],
  },
  {
    name: "a validation image that the list lacks",
    write: { "val_256/Places365_val_00000009.jpg": "x" },
    says: ["places365_val.txt: it has no line for the image Places365_val_00000009.jpg"],
  },
  {
    name: "a validation image that is missing",
    remove: "val_256/Places365_val_00000002.jpg",
    says: ["val_256: 1 images of ", "are missing, the first being Places365_val_00000002.jpg"],
  },
  {
    name: "categories whose labels leave one out",
    write: { "lists/categories_places365.txt": "/a/airfield 0\n/b/beach 2\n" },
    says: ["categories_places365.txt:2: the label of /b/beach is 2, and not 1", "from 0 on"],
  },
  {
    name: "a category that stands twice",
    write: { "lists/categories_places365.txt": "/a/airfield 0\n/a/airfield 1\n" },
    says: ["categories_places365.txt:2: the scene /a/airfield occurs twice"],
  },
  {
    name: "no categories",
    write: { "lists/categories_places365.txt": "\n" },
    says: ["categories_places365.txt: it has no line"],
  },
  {
    name: "a folder of lists without the training list",
    remove: "lists/places365_train_standard.txt",
    says: [
      "lists/places365_train_standard.txt: the file does not exist. Unpack filelist_places365",
    ],
  },
  {
    name: "the lists of the challenge set",
    write: { "lists/places365_train_challenge.txt": "/a/airfield/00000001.jpg 0\n" },
    remove: "lists/places365_train_standard.txt",
    says: [
      "lists/places365_train_standard.txt: the file does not exist; places365_train_challenge.txt beside it",
      "Places365-Challenge, a larger set of 8 million images",
      "Places365-Standard",
    ],
  },
  {
    name: "a folder without lists",
    remove: "lists/categories_places365.txt",
    says: ["lists/categories_places365.txt: the file does not exist"],
  },
  {
    name: "a spreadsheet in place of its csv",
    write: { "hierarchy.csv": Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0) },
    says: ["hierarchy.csv: it holds zero bytes: it is not text"],
  },
  {
    name: "a csv with a column missing",
    write: { "hierarchy.csv": hierarchy.replaceAll(/,[^,\r]*(\r|$)/g, "$1") },
    says: ["hierarchy.csv: its header names 18 classes", "3 and 16 columns"],
  },
  {
    name: "a csv without a header",
    write: { "hierarchy.csv": hierarchy.split("\r\n").slice(2).join("\n") },
    says: ["hierarchy.csv: it has no line of a scene below a header", "published csv"],
  },
  {
    name: "a csv without one of the scenes",
    write: {
      "hierarchy.csv": hierarchy.split("\r\n").filter((line) => !line.includes("beach")).join("\n"),
    },
    says: ["hierarchy.csv: the scene /b/beach has no place in the hierarchy"],
  },
  {
    name: "a csv with a scene that is flagged for nothing",
    write: {
      "hierarchy.csv": csvOf([flagged(scenes[0]!, [1], []), ...hierarchy.split("\r\n").slice(3)]),
    },
    says: ["hierarchy.csv:3: the scene /a/airfield is flagged for no class of a level", "with 1"],
  },
  {
    name: "a csv that is none",
    write: { "hierarchy.csv": '"open' },
    says: ["hierarchy.csv: the csv cannot be read", "Save it as csv"],
  },
];

for (const { name, write, remove, says } of refusals) {
  Deno.test(`places365 refuses ${name}`, () =>
    inTempDir(async (dir) => {
      await writeSet(dir);
      if (write) await writeFolder(dir, write);
      if (remove) await Deno.remove(`${dir}/${remove}`, { recursive: true });
      const opening = places365.open(bindingAt(dir, { csv: true }));
      await assert.rejects(opening, inputError(`${dir}/`, ...says));
    }));
}
