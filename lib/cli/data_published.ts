/** The counts of a data set as its publisher gives them. */
interface Published {
  /** Images of the training set; several where it comes in several sizes. */
  readonly train: readonly number[];
  readonly test: number;
}

// ILSVRC-2012 and Places365-Standard: their development kits, validation as the test set; iNat21: the challenge's page,
// train and train_mini; CIFAR: its author's page. GLC20 depends on the rule by which labels are made.
const published: Readonly<Record<string, Published>> = {
  imagenet: { train: [1_281_167], test: 50_000 },
  inat21: { train: [2_686_843, 500_000], test: 100_000 },
  places365: { train: [1_803_460], test: 36_500 },
  cifar10: { train: [50_000], test: 10_000 },
  cifar100: { train: [50_000], test: 10_000 },
};

/** Says where a data set has other counts than its publisher's; a part of one may well be meant. */
export function comparePublished(
  dataset: string,
  { train, test }: { readonly train: number; readonly test: number },
): readonly string[] {
  const whole = published[dataset];
  if (whole === undefined) return [];
  const notes: string[] = [];
  if (!whole.train.includes(train)) {
    notes.push(`as published it has ${whole.train.join(" or ")} training images, here ${train}`);
  }
  if (whole.test !== test) {
    notes.push(`as published it has ${whole.test} test images, here ${test}`);
  }
  return notes;
}
