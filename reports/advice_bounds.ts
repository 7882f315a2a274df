import { duration, percent, plural } from "@/lib/report/mod.ts";
import type { AdviceFacts } from "@/reports/advice_facts.ts";

/** Whether there are test images enough to judge by. */
export function isJudged(
  { testImages, leastTestImages }: Pick<AdviceFacts, "testImages" | "leastTestImages">,
): boolean {
  return testImages >= leastTestImages;
}

/** What so many test images can show, and what they cannot. */
export function whatCanBeTold(facts: AdviceFacts): string {
  const { testImages, trainImages, classes, seeds, leastTestImages } = facts;
  // The widest 95 % interval of one accuracy.
  const reach = 1.96 * Math.sqrt(0.25 / testImages);
  const told = `Your ${plural(testImages, "test image")} pin one accuracy down to about ±${
    percent(reach)
  } points`;
  const smaller = !isJudged(facts)
    ? `: too few to judge by, so that nothing is decided here. Label and set aside ${leastTestImages} or more first`
    : reach > 0.05
    ? `: only large differences can be seen, and “cannot be told” means that you have too few test images, not that there is no difference`
    : "";
  const each = trainImages / classes;
  const few = each < 5
    ? ` With ${
      each.toFixed(1)
    } labels a class, which images happened to be labelled matters as much as the encoder.`
    : "";
  const once = seeds < 2 ? " One seed decides nothing: run two or more." : "";
  return `${told}${smaller}.${few}${once}`;
}

/** What all of it took. */
export function cost({ seconds, own }: AdviceFacts): string {
  const last = own?.gains.at(-1);
  const training = last === undefined
    ? ""
    : `, of which one training on ${plural(last.images, "image")} took ${duration(own!.seconds)}`;
  return `All that stands on this page took ${duration(seconds)} of one core${training}.`;
}

/** How to have the features of the first encoder: words, and the command that they lead to. */
export function goingOn(
  { ranking: [first], features }: AdviceFacts,
): { readonly text: string; readonly command?: string } {
  return first === undefined ? { text: "" } : {
    text:
      `For work elsewhere, this writes what ${first.name} makes of your images, for NumPy and as Parquet:`,
    command: `${features} --encoder ${first.word}`,
  };
}
