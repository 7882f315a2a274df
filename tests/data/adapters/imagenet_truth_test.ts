import assert from "node:assert/strict";
import { InputError } from "@/lib/base/errors.ts";
import { imagenetClasses } from "@/lib/data/adapters/imagenet_classes.ts";
import { validationClasses } from "@/lib/data/adapters/imagenet_truth.ts";
import { inputError, inTempDir } from "@/tests/data/fixtures.ts";

const { numbers } = await imagenetClasses();
const tench = "n01440764", bird = "n02012849", machine = "n03126707";

const all = [...numbers.keys()];

/** A validation image of a number. */
const val = (number: number): string => `ILSVRC2012_val_${`${number}`.padStart(8, "0")}.JPEG`;

/** The ids of the classes that two files say of images, by default as many as there are lines. */
function idsOf(
  ground_truth: string | undefined,
  synsets?: string,
  { images, trained = all }: {
    readonly images?: readonly string[];
    readonly trained?: readonly string[];
  } = {},
): Promise<string[]> {
  return inTempDir(async (dir) => {
    const write = async (name: string, text: string | undefined) => {
      if (text === undefined) return undefined;
      await Deno.writeTextFile(`${dir}/${name}`, text);
      return `${dir}/${name}`;
    };
    const { classes } = await validationClasses({
      ground_truth: await write("truth.txt", ground_truth),
      synsets: await write("synsets.txt", synsets),
      validation: `${dir}/val`,
      images: images ?? (ground_truth ?? "").trim().split("\n").map((_, i) => val(i + 1)),
      ids: all,
      isTrained: (number) => trained.includes(all[number]!),
      classOf(id, place) {
        const number = numbers.get(id);
        if (number === undefined) throw new InputError(place, `${id} is unknown`, "Remove it");
        return number;
      },
    });
    return classes.map((number) => all[number]!);
  });
}

Deno.test("validationClasses() reads WordNet ids, or numbers from 1 on in the order of synsets", async () => {
  const said = [bird, machine, bird, tench];
  assert.deepEqual(await idsOf(said.join("\r\n")), said);
  const synsets = `${machine} crane\n${bird}\tcrane\n${tench} tench, Tinca tinca\n`;
  assert.deepEqual(await idsOf("2\n1\n2\n3\n", synsets), said);
  // The development kit's order, as far as its first two lines.
  const sorted = [...numbers.keys()];
  const kit = ["n02119789", ...sorted.filter((id) => id !== "n02119789")];
  assert.deepEqual(await idsOf("1\n2\n1000\n", kit.join("\n")), [
    "n02119789",
    tench,
    sorted.at(-1),
  ]);
});

Deno.test("validationClasses() reads Kaggle's list, and others of a name and a WordNet id", async () => {
  const images = [val(2), `val/${val(1)}`, val(3)];
  const ids = [machine, bird, tench];
  const lists = [
    `ImageId,PredictionString\r\nILSVRC2012_val_00000001,${bird} 1 2 30 40 ${bird} 5 6 7 8 \r\n` +
    `ILSVRC2012_val_00000002,${machine} 111 108 441 193 \r\nILSVRC2012_val_00000003,${tench}\r\n`,
    `${val(3)} ${tench}\n${val(1)}\t${bird}\n  "${val(2)}", "${machine}"  \n`,
    // The words after an id in synsets do not matter where no number counts them.
    `filename\tsynset\nval/${val(3)}\t${tench}\n${val(1)}\t${bird}\n${val(2)}\t${machine}\n`,
  ];
  for (const list of lists) {
    assert.deepEqual(await idsOf(list, undefined, { images }), ids);
    assert.deepEqual(await idsOf(list, all.join("\n"), { images }), ids);
  }
  const tiny = `val_0.JPEG\t${tench}\t0\t32\t44\t62\nval_1.JPEG\t${bird}\t52\t55\t57\t59\n`;
  assert.deepEqual(
    await idsOf(tiny, undefined, { images: ["images/val_1.JPEG", "images/val_0.JPEG"] }),
    [bird, tench],
  );
});

Deno.test("validationClasses() reads a name and a number as Caffe's, which counts the sorted ids from 0", async () => {
  const list = `${val(1)} 999\n${val(2)} 0\n${val(3)} 1\n`;
  const expected = [all[999]!, all[0]!, all[1]!];
  assert.equal(all[0], tench);
  assert.deepEqual(await idsOf(list), expected);
  assert.deepEqual(await idsOf(list, all.map((id) => `${id} word, word\n`).join("")), expected);
  // Numbers of a part of the classes count the ids that synsets names.
  const some = [tench, bird, machine];
  const part = `${val(1)} 2\n${val(2)} 0\n`;
  assert.deepEqual(await idsOf(part, some.join("\n"), { trained: some }), [machine, tench]);
  await assert.rejects(
    idsOf(part, undefined, { trained: some }),
    inputError(
      `truth.txt:1: the number 2 is ${all[2]} in the order of all sorted WordNet ids`,
      "there is no training image of it",
      "as synsets",
    ),
  );
});

Deno.test("validationClasses() takes a part of the images with the whole list, and no other number of lines", async () => {
  const whole = `${tench}\n`.repeat(49_999) + `${bird}\n`;
  const images = [val(7), val(50_000)];
  assert.deepEqual(await idsOf(whole, undefined, { images }), [tench, bird]);
  assert.deepEqual(await idsOf(whole, undefined, { images: [val(7)] }), [tench]);
  for (const list of [`${tench}\n${whole}`, `${tench}\n`.repeat(8)]) {
    await assert.rejects(
      idsOf(list, undefined, { images: [val(7)] }),
      inputError("lines, and the last image is number 7", "all 50,000"),
    );
  }
});

const refusals: {
  readonly name: string;
  readonly ground_truth?: string;
  readonly synsets?: string;
  readonly says: readonly string[];
}[] = [
  {
    name: "no ground truth",
    says: [
      "/val: its images are not in class folders, and there is no ground truth",
      "as ground_truth",
    ],
  },
  {
    name: "ground truth with an unknown id",
    ground_truth: `${tench}\nn00000000\n`,
    says: ["truth.txt:2: n00000000 is unknown"],
  },
  {
    name: "numbers without synsets",
    ground_truth: "1\n",
    says: ["truth.txt:1: the class is the number 1, which only", "as synsets"],
  },
  {
    name: "a name and the number 1000",
    ground_truth: `${val(1)} 1000\n`,
    says: ["truth.txt:1: the class is the number 1000, and beside a name", "from 0 to 999"],
  },
  {
    name: "a name and a number with the development kit's order",
    ground_truth: `${val(1)} 1\n`,
    synsets: `${machine}\n${bird}\n${tench}\n`,
    says: ["synsets.txt: its ids are not sorted", "Caffe's form", "Leave synsets out"],
  },
  {
    name: "numbers from 0 on without names",
    ground_truth: "3\n0\n",
    synsets: `${machine}\n${bird}\n${tench}\n`,
    says: ["truth.txt:2: the class is the number 0", "need the images' names beside them"],
  },
  {
    name: "lines of two forms",
    ground_truth: `${tench}\n12\n`,
    says: ['truth.txt:2: the line is "12", and each line before has a WordNet id', "in each"],
  },
  {
    name: "classes in words",
    ground_truth: `class\ntench, Tinca tinca\n`,
    says: ['truth.txt:2: the line is "tench, Tinca tinca"', "Write a WordNet id, or a number"],
  },
  {
    name: "boxes of two classes",
    ground_truth: `ILSVRC2012_val_00000001,${bird} 1 2 3 4 ${tench} 1 2 3 4\n`,
    says: ['truth.txt:1: the line is "ILSVRC2012_val_00000001,'],
  },
  {
    name: "an image with two classes",
    ground_truth: `${val(1)} ${bird}\n${val(1)} ${tench}\n`,
    says: [`truth.txt:2: the image ${val(1)} has another class than in line 1`],
  },
  {
    name: "a list of the training images",
    ground_truth: `ImageId,PredictionString\nn02017213_7894,${bird} 1 2 3 4 \n`,
    says: [
      `truth.txt: it has no line for the image ${val(1)}; its first is for n02017213_7894`,
      "LOC_val_solution.csv",
    ],
  },
  { name: "an empty list", ground_truth: "ImageId,PredictionString\n", says: ["it has no line"] },
  {
    name: "a json as synsets",
    ground_truth: "1\n",
    synsets: '{"0": ["n01440764", "tench"]}',
    says: ['synsets.txt:1: the line begins with {"0":, and not with a WordNet id'],
  },
  {
    name: "the number 1001",
    ground_truth: "1\n2\n1001\n3\n",
    synsets: `${machine}\n${bird}\n${tench}\n`,
    says: ["truth.txt:3: the class is the number 1001, and synsets has 3 lines", "1 to 1000"],
  },
  {
    name: "the number 0",
    ground_truth: "0\n",
    synsets: `${machine}\n${bird}\n${tench}\n`,
    says: ["truth.txt:1: the class is the number 0, and synsets has 3 lines"],
  },
  {
    name: "synsets with an id twice",
    ground_truth: "1\n",
    synsets: `${machine}\n${bird}\n${machine}\n`,
    says: ["synsets.txt: an id occurs twice", "n02119789"],
  },
  {
    name: "synsets in alphabetical order",
    ground_truth: "1\n",
    synsets: [...numbers.keys()].join("\n"),
    says: ["synsets.txt: its ids are sorted, which is not the order of ILSVRC2012_ID"],
  },
  {
    name: "synsets with an unknown id",
    ground_truth: "1\n",
    synsets: `${machine}\nkit fox\n`,
    says: ["synsets.txt:2: the line begins with kit, and not with a WordNet id"],
  },
];

for (const { name, ground_truth, synsets, says } of refusals) {
  Deno.test(`validationClasses() refuses ${name}`, () =>
    assert.rejects(idsOf(ground_truth, synsets), inputError(...says)));
}
