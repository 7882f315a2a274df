import { InputError } from "@/lib/base/errors.ts";
import type { CifarRecords } from "@/lib/data/adapters/cifar.ts";
import { classLists } from "@/lib/data/adapters/class_lists.ts";
import type { DataSet } from "@/lib/data/data_set.ts";
import type { Hierarchy } from "@/lib/data/hierarchy.ts";

/** What a CIFAR set is made of. */
export interface CifarParts {
  readonly train: readonly CifarRecords[];
  readonly test: readonly CifarRecords[];
  readonly hierarchy: Hierarchy;
  /** Which of a record's label bytes is that of the finest class. */
  readonly labelByte: number;
  /** Absolute paths of what it was read from. */
  readonly sources: readonly string[];
  /** Where it stands, for messages. */
  readonly place: string;
}

/**
 * The data set of CIFAR's records; its pictures have no files, so they are named by file and number.
 *
 * @throws {InputError} If a label is larger than the classes are many.
 */
export function cifarDataSet(parts: CifarParts): DataSet {
  const { hierarchy, labelByte, place } = parts;
  const lists = classLists(hierarchy, { train: place, test: place });
  const files = [...parts.train, ...parts.test];
  for (const split of ["train", "test"] as const) {
    for (const records of parts[split]) {
      const tree = files.indexOf(records);
      for (let i = 0; i < records.count; i++) {
        const label = records.labels(i)[labelByte]!;
        if (label >= hierarchy.leaves.length) {
          throw new InputError(
            `${records.path}: record ${i}`,
            `its class is ${label}, and there are ${hierarchy.leaves.length}`,
            "Use the binary version as published",
          );
        }
        const path = `${records.path.slice(records.path.lastIndexOf("/") + 1)}#${i}`;
        lists.add(split, { path, size: 3072, offset: i, tree }, label);
      }
    }
  }
  const { found: finished } = lists.finish("place");
  return {
    ...finished,
    trees: [],
    otherFiles: parts.sources,
    leftOut: {},
    read(split, index) {
      const { tree, offset } = finished[split].file(index);
      const pixels = files[tree]!.picture(offset);
      return Promise.resolve({ pixels, width: 32, height: 32 });
    },
    [Symbol.dispose]() {},
  };
}
