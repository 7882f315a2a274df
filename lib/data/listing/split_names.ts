/** A part of a data set as people divide it. */
export type NamedSplit = "train" | "test" | "val" | "unlabelled";

/** What is tested on where there is both a test and a validation part. */
export const testedParts = ["test", "val"] as const;

const names: Readonly<Record<NamedSplit, readonly string[]>> = {
  train: ["train", "training"],
  test: ["test", "testing", "eval", "evaluation"],
  val: ["val", "valid", "validation", "dev"],
  unlabelled: ["unlabelled", "unlabeled"],
};

/** The part that a folder or a cell names, in any case; undefined if it names none. */
export function splitNamed(text: string): NamedSplit | undefined {
  const word = text.toLowerCase();
  return (Object.keys(names) as NamedSplit[]).find((split) => names[split].includes(word));
}

/** All names, for people. */
export const splitWords = Object.values(names).map((words) => words.join(" or ")).join(", ");

/**
 * The part that is tested on, and the other one, which is then not used.
 *
 * @param has Whether a part has an image.
 * @param asked What `data.yaml` wants tested on; `test` before `val` by default.
 */
export function testedOf(
  has: (split: "test" | "val") => boolean,
  asked?: "test" | "val",
): { readonly tested: "test" | "val"; readonly unused: "test" | "val" | undefined } {
  const tested = asked ?? (has("test") || !has("val") ? "test" : "val");
  const other = tested === "test" ? "val" : "test";
  return { tested, unused: has(other) ? other : undefined };
}

/** What is said of images that are not used because others are tested on. */
export function unusedNote(place: string, { images, tested, unused }: {
  readonly images: number;
  readonly tested: "test" | "val";
  readonly unused: "test" | "val";
}): string {
  const are = images === 1 ? `1 image of ${unused} is` : `${images} images of ${unused} are`;
  return `${place}: ${are} not used, for those of ${tested} are tested on ` +
    `(tested: ${unused} in data.yaml turns it round)`;
}
