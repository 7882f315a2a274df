import assert from "node:assert/strict";
import { readInat21Json } from "@/lib/data/adapters/inat21_json.ts";
import { category, folder, type Listing, split } from "@/tests/data/adapters/inat21_made.ts";
import { inputError, inTempDir } from "@/tests/data/fixtures.ts";

/** What a text says as the file `train.json`. */
function read(text: string) {
  return inTempDir(async (dir) => {
    await Deno.writeTextFile(`${dir}/train.json`, text);
    return await readInat21Json(`${dir}/train.json`);
  });
}

Deno.test("readInat21Json() gives the categories by id, with their names by rank and their images", async () => {
  const { json } = await split("train_mini", 2);
  json.categories.reverse();
  const turned = Object.fromEntries(Object.entries(json).reverse());
  for (
    const text of [
      JSON.stringify(json),
      JSON.stringify(turned),
      `${JSON.stringify(json, null, 2)}\n\n`,
    ]
  ) {
    const { categories } = await read(text);
    const found = categories.map(({ folder, images }) => [folder, images]);
    assert.deepEqual(found, [0, 1, 2, 3].map((id) => [folder(id), 2]));
    assert.deepEqual(categories[3]!.path, [
      "Quercus robur",
      "Quercus",
      "Fagaceae",
      "Fagales",
      "Magnoliopsida",
      "Tracheophyta",
      "Plantae",
    ]);
  }
});

/** One way to spoil a set, and what is said of it. */
interface Refusal {
  readonly name: string;
  readonly spoil: (json: Listing) => unknown;
  readonly says: readonly string[];
}

const remedy = "Use the json of iNat21 as published";
const refusals: readonly Refusal[] = [
  {
    name: "an annotation with an unknown category id",
    spoil: (json) => json.annotations[3]!["category_id"] = 77,
    says: ["train.json: an annotation has the category id 77, which is unknown", remedy],
  },
  {
    name: "an image without annotation",
    spoil: (json) => json.annotations.pop(),
    says: [`train.json: the image 2686850 (of ${folder(3)}) has no annotation`, remedy],
  },
  {
    name: "an annotation with an unknown image id",
    spoil: (json) => json.annotations[3]!["image_id"] = 77,
    says: ["train.json: an annotation has the image id 77, which is unknown", remedy],
  },
  {
    name: "an annotation with another category than the image's folder",
    spoil: (json) => json.annotations[0]!["category_id"] = 1,
    says: [
      `train.json: the annotation of image 2686843 gives the category 1 (${folder(1)})`,
      `but the image is in "${folder(0)}", such as train_mini/${folder(0)}/2686843-a.jpg`,
    ],
  },
  {
    name: "an image id that stands twice",
    spoil: (json) => json.images[1]!["id"] = 2_686_843,
    says: ["train.json: the image id 2686843 occurs twice, the second time for train_mini/"],
  },
  {
    name: "two annotations of an image",
    spoil: (json) => json.annotations[1]!["image_id"] = 2_686_843,
    says: ["train.json: the image 2686843 has two annotations"],
  },
  {
    name: "two categories of one folder",
    spoil: (json) => json.categories.push({ ...category(1), id: 9 }),
    says: [`train.json: the folder ${folder(1)} is that of two categories, one being 9`],
  },
  {
    name: "paths of Windows",
    spoil: (json) => json.images[2]!["file_name"] = `train_mini\\${folder(2)}\\a.jpg`,
    says: [
      `train.json: the image 2686845 has the file_name train_mini\\${
        folder(2)
      }\\a.jpg, with backslashes`,
      "Write slashes",
    ],
  },
  {
    name: "no annotations, as the test set's has",
    spoil: (json) => {
      json.annotations = [];
      json.categories = [];
    },
    says: [
      "train.json: it lists 8 images and no annotations, as the json of the test set",
      "val.json",
    ],
  },
  {
    name: "the categories of iNat2018",
    spoil: (json) => delete json.categories[0]!["image_dir_name"],
    says: [
      'train.json: a category has no image_dir_name: {"id":0,',
      "that of iNat2017, 2018 or 2019 has no such field",
    ],
  },
  {
    name: "a category without one of its ranks",
    spoil: (json) => delete json.categories[2]!["family"],
    says: ["train.json: a category has no family: {", '"name":"Pica pica"', remedy],
  },
  {
    name: "a category whose id is text",
    spoil: (json) => json.categories[2]!["id"] = "2",
    says: ["train.json: a category has no id: {", remedy],
  },
  {
    name: "an image without a file name",
    spoil: (json) => delete json.images[0]!["file_name"],
    says: ["train.json: an image has no file_name: {", remedy],
  },
  {
    name: "an annotation without a category",
    spoil: (json) => delete json.annotations[0]!["category_id"],
    says: ["train.json: an annotation has no category_id: {", remedy],
  },
  {
    name: "an image of a folder that is no category's",
    spoil: (json) => json.images.push({ id: 1, file_name: "train_mini/elsewhere/1.jpg" }),
    says: [
      'there are images in "elsewhere", which is not the folder of a category, such as train_mini/elsewhere/1.jpg',
      remedy,
    ],
  },
  {
    name: "a category that stands twice",
    spoil: (json) => json.categories.push(category(1)),
    says: ["train.json: the category 1 occurs twice", remedy],
  },
  {
    name: "no categories",
    spoil: (json) => json.categories = [],
    says: ["train.json: it has no categories", remedy],
  },
];

for (const { name, spoil, says } of refusals) {
  Deno.test(`readInat21Json() refuses a json with ${name}`, async () => {
    const { json } = await split("train_mini", 2);
    spoil(json);
    await assert.rejects(read(JSON.stringify(json)), inputError(...says));
  });
}

Deno.test("readInat21Json() refuses a json that is cut short, empty, none or not there", async () => {
  const whole = JSON.stringify((await split("train", 1)).json);
  const spoiled: [string, string][] = [
    [whole.slice(0, whole.length / 2), "the json ends too early"],
    [whole.slice(0, -1), "the json ends too early"],
    ["", "the json ends too early"],
    ["[]", "it has no categories"],
    ["{}", "it has no categories"],
    ["<html>", "the json cannot be read"],
    [whole.replace('"images":[', '"images":[,'), "the json cannot be read"],
  ];
  for (const [text, says] of spoiled) {
    await assert.rejects(read(text), inputError(`/train.json: ${says}`, remedy));
  }
  await assert.rejects(
    readInat21Json("/nowhere/a.json"),
    inputError("/nowhere/a.json: the file does not exist"),
  );
});
