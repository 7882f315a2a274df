import { InputError } from "@/lib/base/errors.ts";
import { plural } from "@/lib/base/plural.ts";
import type { QuestionFacts } from "@/lib/question/facts.ts";

const ladder = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

// A curve through fewer bends at chance, and more cost time.
const most = 4;

/**
 * The numbers of labels a class at which encoders are compared, fewest first, beside all that there are: those that were asked
 * for, or else the largest steps of 1, 2, 5, 10, … of which two thirds of an average class are as many or more.
 *
 * @throws {InputError} If a number was asked for that is all of an average class, or more.
 */
export function labelCounts(
  { trainImages, classes }: Pick<QuestionFacts, "trainImages" | "classes">,
  asked?: readonly number[],
): readonly number[] {
  const each = trainImages / classes;
  if (asked === undefined) return ladder.filter((count) => count <= each * 2 / 3).slice(-most);
  const more = asked.find((count) => count >= each);
  if (more !== undefined) {
    throw new InputError(
      "--labels",
      `${more} a class are asked for, but ${plural(trainImages, "training image")} of ${
        plural(classes, "class")
      } are ${Math.floor(each)} a class on average`,
      "Give smaller numbers, or none: what all labels give is found anyway",
    );
  }
  return [...new Set(asked)].toSorted((a, b) => a - b);
}
