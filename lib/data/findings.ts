import { plural } from "@/lib/base/plural.ts";
import {
  addressOf,
  type Content,
  countImages,
  type ImageAddress,
} from "@/lib/data/checks/content.ts";
import type { SameImages } from "@/lib/data/checks/duplicates.ts";
import { countSplit } from "@/lib/data/class_counts.ts";
import type { DataSet, LabelledSplit } from "@/lib/data/data_set.ts";

/** What can be wrong with a data set that can be read, by the names under which it can be let pass. */
export const findingNames = [
  "test-images-in-train",
  "classes-without-train-images",
  "classes-without-test-images",
  "one-class",
  "overlapping-shards",
  "empty-files",
] as const;

/** A kind of finding. */
export type FindingName = (typeof findingNames)[number];

/** Something wrong with a data set, on which no number should rest unawares. */
export interface Finding {
  readonly name: FindingName;
  /** In words, beginning small and without a full stop. */
  readonly sentence: string;
}

/**
 * What is wrong with a data set, by its lists and the hashes of its files.
 *
 * @param same What {@linkcode sameImages} gives.
 */
export function findingsOf(
  data: DataSet,
  { content, same }: { readonly content: Content; readonly same: readonly SameImages[] },
): readonly Finding[] {
  return [
    ...testInTrain(data, same),
    ...classesWithout(data, "train"),
    ...classesWithout(data, "test"),
    ...oneClass(data),
    ...overlapping(data, content),
    ...emptyFiles(data),
  ];
}

function testInTrain(data: DataSet, same: readonly SameImages[]): readonly Finding[] {
  const pairs = same.flatMap((group) => {
    const train = group.find(({ split }) => split !== "test");
    if (train === undefined) return [];
    return group.filter(({ split }) => split === "test").map((test) => ({ test, train }));
  }).sort((a, b) => a.test.index - b.test.index);
  if (pairs.length === 0) return [];
  const are = pairs.length === 1
    ? "1 test image stands among the training images"
    : `${pairs.length} test images stand among the training images`;
  const named = pairs.map(({ test, train }) => `${pathOf(data, test)} is ${pathOf(data, train)}`);
  return [{
    name: "test-images-in-train",
    sentence: `${are}: ${firstOf(named)}`,
  }];
}

function classesWithout(data: DataSet, split: LabelledSplit): readonly Finding[] {
  const { images, without: leaves } = countSplit(data, split);
  const without = [...leaves, ...data.emptyClasses ?? []];
  if (images === 0 || without.length === 0) return [];
  return [{
    name: `classes-without-${split}-images`,
    sentence: `${plural(without.length, "class")} without a ${split} image: ${firstOf(without)}`,
  }];
}

function oneClass({ hierarchy: { leaves }, test }: DataSet): readonly Finding[] {
  // Without a test image there is no accuracy, as in a set that is pretrained on alone.
  if (leaves.length !== 1 || test.length === 0) return [];
  return [{
    name: "one-class",
    sentence: `there is one class, "${leaves[0]!.name}", so that every accuracy is 100 %`,
  }];
}

/** Archives of the same content, if both give the same images. */
function overlapping(data: DataSet, { trees }: Content): readonly Finding[] {
  const firsts = new Map<string, number>();
  const offsets = new Map<number, Set<number>>();
  const copyOf = new Map<number, number>();
  for (const [number, hash] of trees.entries()) {
    if (hash === "") continue;
    const first = firsts.get(hash);
    if (first === undefined) firsts.set(hash, number);
    else copyOf.set(number, first);
  }
  if (copyOf.size === 0) return [];
  const total = countImages(data);
  for (let image = 0; image < total; image++) {
    const { split, index } = addressOf(data, image);
    const { tree, offset } = data[split].file(index);
    offsets.set(tree, (offsets.get(tree) ?? new Set()).add(offset));
  }
  const named = [...copyOf].flatMap(([copy, first]) =>
    offsets.get(copy)?.isDisjointFrom(offsets.get(first) ?? new Set()) ?? true
      ? []
      : [`${data.trees[copy]!.path} is ${data.trees[first]!.path}`]
  );
  if (named.length === 0) return [];
  const given = named.length === 1 ? "1 archive is given" : `${named.length} archives are given`;
  return [{
    name: "overlapping-shards",
    sentence: `${given} twice, as itself or as a copy: ${firstOf(named)}`,
  }];
}

function emptyFiles(data: DataSet): readonly Finding[] {
  const empty: string[] = [];
  const total = countImages(data);
  for (let image = 0; image < total; image++) {
    const address = addressOf(data, image);
    if (data[address.split].file(address.index).size === 0) empty.push(pathOf(data, address));
  }
  if (empty.length === 0) return [];
  const files = empty.length === 1 ? "1 file is" : `${empty.length} files are`;
  return [{ name: "empty-files", sentence: `${files} empty: ${firstOf(empty)}` }];
}

/** The path of an image as its data set names it. */
export function pathOf(data: DataSet, { split, index }: ImageAddress): string {
  return data[split].file(index).path;
}

/** The first few of many. */
export function firstOf(names: readonly string[]): string {
  const more = names.length > 5 ? `, and ${names.length - 5} more` : "";
  return `${names.slice(0, 5).join(", ")}${more}`;
}
