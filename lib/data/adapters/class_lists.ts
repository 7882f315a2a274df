import { InputError } from "@/lib/base/errors.ts";
import { emptyList, type LabelledSplit } from "@/lib/data/data_set.ts";
import { checkHierarchy, type Hierarchy } from "@/lib/data/hierarchy.ts";
import {
  type ImageFile,
  type ImageFiles,
  type ImageList,
  imageListBuilder,
} from "@/lib/data/listing/image_list.ts";

/** The images of a data set whose classes are known beforehand. */
export interface ClassLists {
  /** @param classNumber The index of its class among the leaves of the whole hierarchy. */
  add(split: LabelledSplit, file: ImageFile, classNumber: number): void;
  /** @throws {InputError} If a split has no image. */
  finish(order: "class" | "place"): FinishedLists;
}

/** All that was added. */
export interface FinishedLists {
  /** The lists, and the hierarchy of the classes that have an image. */
  readonly found: {
    readonly hierarchy: Hierarchy;
    readonly train: ImageList;
    readonly test: ImageList;
    /** Published sets have no such images. */
    readonly unlabelled: ImageFiles;
  };
  /** The images of each class of the whole hierarchy. */
  readonly counts: { readonly [S in LabelledSplit]: Uint32Array };
}

/**
 * Empty lists.
 *
 * @param whole All classes of the data set's published form.
 * @param places Where each split's images are looked for, for messages.
 */
export function classLists(
  whole: Hierarchy,
  places: { readonly [S in LabelledSplit]: string },
): ClassLists {
  const lists = { train: imageListBuilder(), test: imageListBuilder() };
  const met = new Uint8Array(whole.leaves.length);
  return {
    add(split, file, classNumber) {
      met[classNumber] = 1;
      lists[split].add(file, classNumber);
    },
    finish(order) {
      for (const split of ["train", "test"] as const) {
        if (lists[split].length > 0) continue;
        throw new InputError(
          places[split],
          "there are no images in it",
          "Name the folder or archive that holds them",
        );
      }
      const numbers = whole.leaves.map((_, i) => i).filter((i) => met[i]);
      const leafOfGroup = new Uint16Array(whole.leaves.length);
      numbers.forEach((number, leaf) => leafOfGroup[number] = leaf);
      const hierarchy = {
        levels: whole.levels,
        leaves: numbers.map((number) => whole.leaves[number]!),
      };
      checkHierarchy(hierarchy, places.train);
      const train = lists.train.finish({ leafOfGroup, order });
      const test = lists.test.finish({ leafOfGroup, order });
      const countsOf = ({ leaves }: ImageList): Uint32Array => {
        const counts = new Uint32Array(whole.leaves.length);
        for (const leaf of leaves) counts[numbers[leaf]!]!++;
        return counts;
      };
      return {
        found: { hierarchy, train, test, unlabelled: emptyList },
        counts: { train: countsOf(train), test: countsOf(test) },
      };
    },
  };
}
