import { unlabelledMethods } from "@/dsl/mod.ts";
import type { ImageAddress } from "@/lib/data/checks/content.ts";
import type { SameImages } from "@/lib/data/checks/duplicates.ts";
import { countSplit } from "@/lib/data/class_counts.ts";
import type { DataSet } from "@/lib/data/data_set.ts";
import { firstOf, pathOf } from "@/lib/data/findings.ts";
import { classesAt } from "@/lib/data/hierarchy.ts";
import { listed } from "@/lib/data/listing/left_out.ts";

/** What is worth knowing of a data set and may be meant: sentences that begin small and have no full stop. */
export function notesOf(data: DataSet, same: readonly SameImages[]): readonly string[] {
  return [
    ...data.readAs ?? [],
    ...leftOut(data),
    ...pretrainingAlone(data),
    ...copies(data, same),
    ...fewImages(data),
    ...singleLevels(data),
  ];
}

function leftOut({ leftOut }: DataSet): readonly string[] {
  const total = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
  if (total === 0) return [];
  const files = total === 1 ? "1 file is" : `${total} files are`;
  return [`${files} left out, in no image format that is read: ${listed(leftOut)}`];
}

/** What the data set cannot be used for, for want of labelled images. */
function pretrainingAlone({ train, test }: DataSet): readonly string[] {
  if (train.length === 0) {
    const all = new Intl.ListFormat("en-GB").format(unlabelledMethods);
    return [`no training image has a label: only ${all} can use it`];
  }
  return test.length === 0
    ? ["there are no test images: methods can train on it, but probes cannot"]
    : [];
}

/** Training images that stand there twice; under two labels at most one can be right. */
function copies(data: DataSet, same: readonly SameImages[]): readonly string[] {
  const groups = same.map((group) => group.filter(({ split }) => split === "train"))
    .filter(({ length }) => length > 1);
  const extra = groups.reduce((sum, { length }) => sum + length - 1, 0);
  if (extra === 0) return [];
  const leafOf = ({ index }: ImageAddress) => data.train.leaves[index];
  const torn = groups.flatMap(([first, ...others]) => {
    const other = others.find((one) => leafOf(one) !== leafOf(first!));
    return other === undefined ? [] : [`${pathOf(data, other)} is ${pathOf(data, first!)}`];
  });
  return [
    `${
      extra === 1 ? "1 training image is a copy" : `${extra} training images are copies`
    } of another`,
    ...torn.length === 0 ? [] : [
      `${
        torn.length === 1 ? "1 training image has" : `${torn.length} training images have`
      } two labels: ${firstOf(torn)}`,
    ],
  ];
}

// Fewer test images than this, and an accuracy moves in steps that one sees.
const fewTests = 50;

function fewImages(data: DataSet): readonly string[] {
  const { length } = data.test;
  const single = countSplit(data, "train").single;
  return [
    ...single === 0
      ? []
      : [`${single === 1 ? "1 class has" : `${single} classes have`} a single training image`],
    ...length === 0 || length >= fewTests ? [] : [
      `there ${length === 1 ? "is 1 test image" : `are ${length} test images`}, each of which is ${
        (100 / length).toFixed(length === 1 ? 0 : 1)
      } points of accuracy`,
    ],
  ];
}

/** Levels at which there is nothing to tell apart, though there is at the finest. */
function singleLevels({ hierarchy }: DataSet): readonly string[] {
  if (hierarchy.leaves.length === 1) return [];
  const single = hierarchy.levels.filter((level) => classesAt(hierarchy, level).names.length === 1);
  if (single.length === 0) return [];
  const [levels, have] = single.length === 1 ? ["level", "has"] : ["levels", "have"];
  return [
    `the ${levels} ${single.join(", ")} ${have} one class, so that every accuracy there is 100 %`,
  ];
}
