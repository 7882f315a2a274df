import { InputError } from "@/lib/base/errors.ts";
import { plural } from "@/lib/base/plural.ts";
import type { PlanDomain } from "@/lib/plan/mod.ts";
import {
  leastOwnImages,
  leastTestImages,
  type QuestionFacts,
  type Wishes,
} from "@/lib/question/mod.ts";

/** What a page of so few test images does not do. */
export const tooFew =
  `With fewer than ${leastTestImages} test images the page shows numbers, and decides nothing`;

/**
 * Refuses data that no question can be asked of.
 *
 * @throws {InputError} Saying what is missing.
 */
export function checkFacts(
  facts: QuestionFacts,
  { pretrain, dataset }: Pick<Wishes, "pretrain"> & Pick<PlanDomain, "dataset">,
): void {
  const { role, trainImages, testImages, unlabelledImages, classes } = facts;
  const isFolder = dataset === "image-folder";
  const refuse = (problem: string, remedy: string) => {
    throw new InputError(role, problem, remedy);
  };
  if (trainImages === 0) {
    refuse(
      "it has no training images with labels, so that nothing can be told apart",
      isFolder
        ? "Give labels to some images: put them into train/<class>/ and a part of each class into test/<class>/"
        : "Give labels to some images, as train, and as test to a part of each class",
    );
  }
  if (testImages === 0) {
    const own = trainImages / classes;
    // A fifth, or as many as are judged by, but no more than half.
    const each = Math.max(
      1,
      Math.round(own / 5),
      Math.min(Math.ceil(leastTestImages / classes), Math.floor(own / 2)),
    );
    refuse(
      `it has ${
        plural(trainImages, "training image")
      } with labels and no test images, so that no encoder can be judged: what is trained on cannot be tested on`,
      `${
        isFolder
          ? `Move about ${each} of each class from train/<class>/ to test/<class>/`
          : `Take about ${each} of each class out of train and name them as test`
      }, chosen at random, and photographs of one thing or place together; they are then never trained on${
        each * classes < leastTestImages ? `. ${tooFew}` : ""
      }`,
    );
  }
  if (classes < 2) {
    refuse("all of its images have one class", "Give two classes or more");
  }
  const own = trainImages + unlabelledImages;
  if (pretrain && own < leastOwnImages) {
    throw new InputError(
      "--pretrain",
      `${role} has ${
        plural(own, "image")
      } to pretrain on, labelled or not, and fewer than ${leastOwnImages} teach nothing`,
      `Leave it out, or add images without labels as unlabelled${isFolder ? "/" : ""}`,
    );
  }
}
