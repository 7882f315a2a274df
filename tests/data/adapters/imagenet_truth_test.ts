import assert from "node:assert/strict";
import { InputError } from "@/lib/base/errors.ts";
import { imagenetClasses } from "@/lib/data/adapters/imagenet_classes.ts";
import { validationClasses } from "@/lib/data/adapters/imagenet_truth.ts";
import { inputError, inTempDir } from "@/tests/data/fixtures.ts";

const { numbers } = await imagenetClasses();
const tench = "n01440764", bird = "n02012849", machine = "n03126707";

/** The ids of the classes that two files say. */
function idsOf(ground_truth: string | undefined, synsets?: string): Promise<string[]> {
  return inTempDir(async (dir) => {
    const write = async (name: string, text: string | undefined) => {
      if (text === undefined) return undefined;
      await Deno.writeTextFile(`${dir}/${name}`, text);
      return `${dir}/${name}`;
    };
    const classes = await validationClasses({
      ground_truth: await write("truth.txt", ground_truth),
      synsets: await write("synsets.txt", synsets),
      validation: `${dir}/val`,
      classOf(id, place) {
        const number = numbers.get(id);
        if (number === undefined) throw new InputError(place, `${id} is unknown`, "Remove it");
        return number;
      },
    });
    const ids = [...numbers.keys()];
    return classes.map((number) => ids[number]!);
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

const refusals: {
  readonly name: string;
  readonly ground_truth?: string;
  readonly synsets?: string;
  readonly says: readonly string[];
}[] = [
  {
    name: "no ground truth",
    says: [
      "/val: its images stand in no class folders, and there is no ground truth",
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
    says: ["synsets.txt: an id stands twice", "n02119789"],
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
    says: ["synsets.txt:2: kit is unknown"],
  },
];

for (const { name, ground_truth, synsets, says } of refusals) {
  Deno.test(`validationClasses() refuses ${name}`, () =>
    assert.rejects(idsOf(ground_truth, synsets), inputError(...says)));
}
