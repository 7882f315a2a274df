import { InputError } from "@/lib/base/errors.ts";
import type { LabelledSplit } from "@/lib/data/data_set.ts";
import { checkHierarchy, type Hierarchy, noLabels } from "@/lib/data/hierarchy.ts";
import {
  type ImageFile,
  type ImageFiles,
  type ImageList,
  imageListBuilder,
} from "@/lib/data/listing/image_list.ts";
import { labelNotes } from "@/lib/data/listing/label_notes.ts";

/** The images of a table, of which each row says its classes. */
export interface LabelledRows {
  /** @param classes Of each level one, finest first (in Unicode form NFC). */
  add(split: LabelledSplit, file: ImageFile, classes: readonly string[]): void;
  addUnlabelled(file: ImageFile): void;
  /**
   * Makes lists and a label tree of all that was added: its leaves are the different rows of classes, sorted.
   *
   * @throws {InputError} If there is no image to train on, or the classes make no tree.
   */
  finish(order: "class" | "place"): {
    readonly hierarchy: Hierarchy;
    readonly train: ImageList;
    readonly test: ImageList;
    readonly unlabelled: ImageFiles;
    /** What the labels say that may not be meant, a sentence each. */
    readonly readAs: readonly string[];
  };
}

// What no name holds.
const between = "\0";

/**
 * Without a row yet.
 *
 * @param levels The names of the levels, finest first.
 * @param place Where the rows come from, for messages.
 */
export function labelledRows(levels: readonly string[], place: string): LabelledRows {
  const lists = {
    train: imageListBuilder(),
    test: imageListBuilder(),
    unlabelled: imageListBuilder(),
  };
  const groups = new Map<string, number>();
  return {
    add(split, file, classes) {
      const identity = classes.join(between);
      const group = groups.get(identity) ?? groups.size;
      groups.set(identity, group);
      lists[split].add(file, group);
    },
    addUnlabelled: (file) => lists.unlabelled.add(file, 0),
    finish(order) {
      if (lists.train.length + lists.unlabelled.length === 0) {
        throw new InputError(
          place,
          "there are no images to train on",
          "Name rows of images with labels as train, or without as unlabelled",
        );
      }
      const rows = new Map([...groups.keys()].sort().map((one) => [one, one.split(between)]));
      const hierarchy: Hierarchy = rows.size === 0
        ? noLabels
        : { levels, leaves: [...rows.values()].map((path) => ({ name: path[0]!, path })) };
      if (rows.size > 0) checkHierarchy(hierarchy, place);
      const numbers = new Map([...rows.keys()].map((one, i) => [one, i]));
      const leafOfGroup = Uint16Array.from(groups.keys(), (one) => numbers.get(one)!);
      return {
        hierarchy,
        train: lists.train.finish({ leafOfGroup, order }),
        test: lists.test.finish({ leafOfGroup, order }),
        unlabelled: lists.unlabelled.finish({ leafOfGroup: [0], order }),
        readAs: labelNotes([...rows.keys()], { levels, rows }, place),
      };
    },
  };
}
