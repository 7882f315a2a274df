import { count, duration, listing, percent, plural } from "@/lib/report/mod.ts";
import type { Estimate } from "@/lib/results/mod.ts";
import type { AdviceFacts } from "@/reports/advice_facts.ts";

/** A piece of advice: a few words on what, and sentences. */
export interface Advice {
  readonly about: string;
  readonly text: string;
}

// Below so many test images a class an accuracy of one class is an anecdote.
const fewEach = 10;

/** What can be said from what was measured, in plain words, the most useful first. */
export function adviceOf(facts: AdviceFacts): readonly Advice[] {
  const tellable = { about: "What your data can tell", text: whatCanBeTold(facts) };
  return [
    ...facts.isJudged ? [] : [tellable],
    { about: "Which encoder", text: whichEncoder(facts) },
    { about: "Pretraining on your own images", text: ownPretraining(facts) },
    { about: "More labels", text: moreLabels(facts) },
    { about: "Fine-tuning, or training from scratch", text: training(facts) },
    { about: "Two encoders", text: twoEncoders(facts) },
    { about: "Which classes fail", text: failing(facts) },
    { about: "How fine you can go", text: howFine(facts) },
    { about: "Bad images", text: badImages(facts) },
    ...facts.isJudged ? [tellable] : [],
    { about: "What it took", text: cost(facts) },
  ].filter(({ text }) => text !== "");
}

type Direction = "more" | "less" | "open";

/** Whether an interval lies on one side of nothing, where it can be judged by. */
function directionOf(
  { interval: { low, high }, seeds }: Estimate,
  { isJudged }: Pick<AdviceFacts, "isJudged">,
): Direction {
  // One seed's interval does not know how much another seed would change.
  if (!isJudged || seeds < 2) return "open";
  return low > 0 ? "more" : high < 0 ? "less" : "open";
}

function whichEncoder(facts: AdviceFacts): string {
  const { ranking, guessing, hasTrained } = facts;
  const [first, ...others] = ranking;
  if (first === undefined) return "Nothing was measured yet.";
  const tied = others.filter(({ behind }) =>
    behind === undefined || directionOf(behind, facts) !== "more"
  );
  const told = `${first.name} (${accuracy(first.estimate)})`;
  if (!facts.isJudged) {
    return `No choice can be made with ${
      plural(facts.testImages, "test image")
    }. The highest number is that of ${told}, which another handful of test images could turn round.`;
  }
  const isChance = first.estimate.interval.low <= guessing;
  if (isChance) {
    return `None can be recommended: the best measured, ${told}, cannot be told from always naming the most frequent class (${
      percent(guessing)
    } %).`;
  }
  const floor = hasTrained
    ? ""
    : " No encoder from outside was given and none was pretrained, so that these are simple descriptions: add --encoders or --pretrain.";
  if (others.length === 0) return `Only ${told} was measured.${floor}`;
  if (tied.length === 0) {
    const next = others[0]!;
    return `Start from ${told}. The next, ${next.name}, is ${size(next.behind!)} behind.${floor}`;
  }
  if (tied.length === others.length) {
    return `No choice can be made: ${told} came first, but none of the others can be told from it.${floor}`;
  }
  return `${sentence(told)} came first, and ${
    listing(tied.map(({ name }) => name))
  } cannot be told from it: take whichever of ${
    tied.length === 1 ? "the two" : "them"
  } is easiest to use.${floor}`;
}

function ownPretraining(facts: AdviceFacts): string {
  const { own, untried } = facts;
  if (own === undefined || own.gains.length === 0) return `Not tried: ${untried}.`;
  const paying = own.gains.filter(({ gain }) => directionOf(gain, facts) === "more");
  const last = own.gains.at(-1)!;
  const took = ` One training on ${plural(last.images, "image")} took ${
    duration(own.seconds)
  } on one core.`;
  const [from] = paying;
  if (directionOf(last.gain, facts) === "more") {
    const tried = own.gains.length === 1
      ? ""
      : from!.images === last.images
      ? ` With fewer (${count(own.gains.at(-2)!.images)}) that could not be shown.`
      : ` It did so from ${count(from!.images)} images on.`;
    return `It pays: on ${plural(last.images, "image")} it gives ${
      size(last.gain)
    } over the best of what is there without it.${tried}${took}`;
  }
  if (directionOf(last.gain, facts) === "less") {
    return `It does not pay yet: with ${plural(last.images, "image")} it is ${
      size(negative(last.gain))
    } behind the best of what is there without it.${took}`;
  }
  return `It cannot be told whether it pays: with ${
    plural(last.images, "image")
  } the difference to the best of what is there without it is ${size(last.gain)}.${took}`;
}

function moreLabels(facts: AdviceFacts): string {
  const { labels } = facts;
  if (labels === undefined) {
    return "No curve could be fitted: it needs three numbers of labels, and an accuracy that grows with them.";
  }
  const { now, tenfold, gain } = labels;
  const { low, high } = tenfold.estimate.interval;
  const said = {
    more: `Labelling more pays: ten times as many labels (${count(tenfold.labels)}) would give ${
      size(gain)
    } more`,
    less: `Labelling more does not pay: ten times as many labels (${
      count(tenfold.labels)
    }) would change accuracy by ${size(gain)}`,
    open: `Whether labelling more pays cannot be told: ten times as many labels (${
      count(tenfold.labels)
    }) would change accuracy by ${size(gain)}`,
  }[directionOf(gain, facts)];
  return `${said}, about ${percent(tenfold.estimate.value)} % (${percent(low)} to ${
    percent(high)
  }). This is an extrapolation: nobody measured beyond ${plural(now.labels, "label")}.`;
}

function training(facts: AdviceFacts): string {
  const { scratch, finetuned, ranking } = facts;
  const sentences: string[] = [];
  for (const { labels, gain } of scratch ?? []) {
    const over = `${ranking[0]!.name} with a linear classifier`;
    const at = `With ${plural(labels, "label")}`;
    sentences.push(
      {
        more: `${at}, ${over} is ${size(gain)} ahead of a network trained from scratch.`,
        less: `${at}, a network trained from scratch is ${size(negative(gain))} ahead of ${over}.`,
        open: `${at}, ${over} and a network trained from scratch cannot be told apart ${
          bracketed(gain)
        }.`,
      }[directionOf(gain, facts)],
    );
  }
  if (finetuned !== undefined) {
    const { name, gain } = finetuned;
    sentences.push(
      {
        more: `Fine-tuning ${name} gives ${size(gain)} over its linear classifier.`,
        less: `Fine-tuning ${name} loses ${size(negative(gain))} against its linear classifier.`,
        open: `Whether fine-tuning ${name} helps cannot be told ${bracketed(gain)}.`,
      }[directionOf(gain, facts)],
    );
  }
  return sentences.join(" ");
}

function twoEncoders(facts: AdviceFacts): string {
  const { pair, ranking } = facts;
  if (pair === undefined) return "";
  const names = listing(pair.names), first = ranking[0]!.name;
  return {
    more: `${sentence(names)} side by side, chosen on held-out training labels, give ${
      size(pair.gain)
    } over ${first} alone.`,
    less: `They do not help: ${names}, the best pair on held-out training labels, are ${
      size(negative(pair.gain))
    } behind ${first} alone.`,
    open: `No help can be shown: ${names}, the best pair on held-out training labels, give ${
      size(pair.gain)
    } over ${first} alone.`,
  }[directionOf(pair.gain, facts)];
}

function failing({ failing, testImages, classes, ranking }: AdviceFacts): string {
  const worst = failing.filter(({ right }) => right < 0.5).slice(0, 3);
  if (failing.length === 0) return "";
  const few = testImages / classes < fewEach
    ? ` There are ${
      (testImages / classes).toFixed(1)
    } test images a class, so that this is a hint and no more.`
    : "";
  if (worst.length === 0) {
    return `${
      sentence(ranking[0]!.name)
    } is right on half of the test images of every class or more; the hardest is ${
      failing[0]!.name
    } (${percent(failing[0]!.right)} %).${few}`;
  }
  const told = worst.map(({ name, right, mistakenFor }) =>
    `${name} (${percent(right)} % right${
      mistakenFor === null ? "" : `, mostly taken for ${mistakenFor}`
    })`
  );
  return `With ${ranking[0]!.name}: ${listing(told)}.${few}`;
}

function howFine({ levels }: AdviceFacts): string {
  if (levels.length < 2) return "";
  const told = levels.map(({ level, estimate }) => `${level} ${percent(estimate.value)} %`);
  return `The same predictions, counted at each level of your label tree: ${listing(told)}.`;
}

function badImages(facts: AdviceFacts): string {
  const { quality, ranking } = facts;
  if (quality.length === 0) return "";
  const costly = quality.filter(({ cost }) => directionOf(cost, facts) === "more");
  const rest = quality.filter((one) => !costly.includes(one));
  const told = costly.map(({ name, cost }) => `${name} ${size(cost)}`);
  const first = costly.length === 0
    ? `No loss of ${ranking[0]!.name} can be shown on any kind of bad test images.`
    : `They cost ${ranking[0]!.name}, whose classifier saw good ones: ${listing(told)}.`;
  return costly.length === 0 || rest.length === 0
    ? first
    : `${first} No loss can be shown for ${listing(rest.map(({ name }) => name))}.`;
}

/** What so many test images can show, and what they cannot. */
function whatCanBeTold(
  { testImages, trainImages, classes, seeds, isJudged }: AdviceFacts,
): string {
  // The widest 95 % interval of one accuracy.
  const reach = 1.96 * Math.sqrt(0.25 / testImages);
  const told = `Your ${plural(testImages, "test image")} pin one accuracy down to about ±${
    percent(reach)
  } points`;
  const smaller = !isJudged
    ? ": too few to judge by, so that nothing is claimed here, and every difference “cannot be told”. Label and set aside more test images first"
    : reach > 0.05
    ? `: only large differences can be seen, and “cannot be told” means that you have too few test images, not that there is none`
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

function cost({ seconds }: AdviceFacts): string {
  return `All that stands on this page took ${duration(seconds)} of one core.`;
}

/** "3.1 points (0.4 to 5.8)". */
function size({ value, interval }: Estimate): string {
  return `${percent(value)} points (${ends(interval)})`;
}

/** "(3.1 points, 0.4 to 5.8)". */
function bracketed({ value, interval }: Estimate): string {
  return `(${percent(value)} points, ${ends(interval)})`;
}

/** No two accuracies differ by more than all. */
function ends({ low, high }: Estimate["interval"]): string {
  return `${percent(Math.max(-1, low))} to ${percent(Math.min(1, high))}`;
}

function negative({ value, interval: { low, high }, seeds }: Estimate): Estimate {
  return { value: -value, interval: { low: -high, high: -low }, seeds };
}

/** "81.2 %, 78.0 to 84.1". */
function accuracy({ value, interval: { low, high } }: Estimate): string {
  return `${percent(value)} %, ${percent(low)} to ${percent(high)}`;
}

/** A sentence with a capital at its beginning. */
function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}`;
}
