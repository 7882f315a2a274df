import { count, listing, percent, plural } from "@/lib/report/mod.ts";
import type { AdviceFacts } from "@/reports/advice_facts.ts";
import { cost, goingOn, isJudged, whatCanBeTold } from "@/reports/advice_bounds.ts";
import { training } from "@/reports/advice_training.ts";
import { accuracy, directionOf, negative, sentence, size } from "@/reports/advice_words.ts";
import type { Ranked } from "@/reports/ways.ts";

/** A piece of advice: a few words on what, and sentences. */
export interface Advice {
  readonly about: string;
  readonly text: string;
  /** What can be pasted into a shell. */
  readonly command?: string;
}

// Below so many test images a class an accuracy of one class is an anecdote.
const fewEach = 10;

/** What can be said from what was measured, in plain words, the most useful first. */
export function adviceOf(facts: AdviceFacts): readonly Advice[] {
  const tellable = { about: "What your data can tell", text: whatCanBeTold(facts) };
  if (!isJudged(facts)) {
    return [
      tellable,
      { about: "Which encoder", text: highest(facts) },
      { about: "All else", text: untold(facts) },
      { about: "What it took", text: cost(facts) },
    ];
  }
  return [
    { about: "What works best", text: bestWay(facts) },
    { about: "Which encoder", text: whichEncoder(facts) },
    { about: "Pretraining on your own images", text: ownPretraining(facts) },
    { about: "More labels", text: moreLabels(facts) },
    { about: "Fine-tuning, or training from scratch", text: training(facts) },
    { about: "Two encoders", text: twoEncoders(facts) },
    { about: "Which classes fail", text: failing(facts) },
    { about: "How fine you can go", text: howFine(facts) },
    { about: "Bad images", text: badImages(facts) },
    tellable,
    { about: "What it took", text: cost(facts) },
    { about: "How to go on", ...goingOn(facts) },
  ].filter(({ text }) => text !== "");
}

/** What came first, where that says nothing. */
function highest({ ranking: [first], testImages, guessing }: AdviceFacts): string {
  if (first === undefined) return nothing;
  return `No choice can be made with ${
    plural(testImages, "test image")
  }. The highest number is that of ${first.name} (${
    accuracy(first.estimate)
  }), and other test images could turn that round. Always naming the most frequent class is right on ${
    percent(guessing)
  } %.`;
}

/** What cannot be told of what was asked. */
function untold(facts: AdviceFacts): string {
  const { own, scratch, finetuned, pair, quality } = facts;
  const asked = [
    own && "whether pretraining on your own images pays",
    "what more labels would give",
    (scratch ?? finetuned) && "whether training a network on the labels does better",
    pair && "whether two encoders help",
    "which classes fail",
    quality && "what bad images cost",
  ].filter((one) => typeof one === "string");
  return `${sentence(listing(asked))} cannot be told either. What was measured is shown below.`;
}

const nothing = "Nothing was measured yet.";

/** Those that cannot be told from the first. */
function tiedWithFirst<T extends Ranked>(others: readonly T[]): readonly T[] {
  return others.filter(({ behind }) => behind === undefined || directionOf(behind) !== "more");
}

// More names than that nobody reads.
const mostNames = 3;

/** The best of all ways, where that is more than an encoder as it is. */
function bestWay({ ways, isLearned }: AdviceFacts): string {
  const [first, ...others] = ways;
  if (first === undefined || first.isPlain || !isLearned) return "";
  const told = `${sentence(first.name)} (${accuracy(first.estimate)})`;
  const tied = tiedWithFirst(others);
  const [next] = others;
  if (next === undefined) return `${told}: nothing else was measured.`;
  if (tied.length === 0) {
    return `${told}. The next, ${next.name}, is ${size(next.behind!)} behind.`;
  }
  const named = tied.slice(0, mostNames).map(({ name }) => name);
  const rest = tied.length - named.length;
  return `${told}, but ${
    listing(rest === 0 ? named : [...named, `${rest} more`])
  } cannot be told from it.`;
}

function whichEncoder(facts: AdviceFacts): string {
  const { ranking, ways, guessing, isLearned, hasTrained } = facts;
  const [first, ...others] = ranking;
  if (first === undefined) return nothing;
  const tied = tiedWithFirst(others);
  const told = `${first.name} (${accuracy(first.estimate)})`;
  if (!isLearned) {
    return `None can be recommended: the best measured, ${told}, cannot be told from always naming the most frequent class (${
      percent(guessing)
    } %).`;
  }
  const floor = hasTrained
    ? ""
    : " No encoder from outside was given and none was pretrained, so that these are simple descriptions: add --encoders or --pretrain.";
  const asItIs = (text: string) =>
    ways[0]?.isPlain === false
      ? `As it is, with a linear classifier: ${text[0]!.toLowerCase()}${text.slice(1)}${floor}`
      : `${text}${floor}`;
  if (others.length === 0) return asItIs(`Only ${told} was measured.`);
  if (tied.length === 0) {
    const next = others[0]!;
    return asItIs(`Start from ${told}. The next, ${next.name}, is ${size(next.behind!)} behind.`);
  }
  if (tied.length === others.length) {
    return asItIs(
      `No choice can be made: first came ${told}, but none of the others can be told from it.`,
    );
  }
  return asItIs(
    `First came ${told}, and ${
      listing(tied.map(({ name }) => name))
    } cannot be told from it: take whichever of ${
      tied.length === 1 ? "the two" : "them"
    } is easiest to use.`,
  );
}

function ownPretraining(facts: AdviceFacts): string {
  const { own, untried, leastGain } = facts;
  if (own === undefined || own.gains.length === 0) return `Not tried: ${untried}.`;
  const last = own.gains.at(-1)!;
  const notYet = own.gains.findLastIndex(({ gain }) => directionOf(gain) !== "more");
  if (notYet < own.gains.length - 1) {
    const from = own.gains[notYet + 1]!;
    const tried = own.gains.length === 1
      ? ""
      : from === last
      ? ` With fewer (${count(own.gains[notYet]!.images)}) that could not be shown.`
      : ` It did so from ${count(from.images)} images on.`;
    return `It pays: on ${plural(last.images, "image")} it gives ${
      size(last.gain)
    } over the best of what is there without it.${tried}`;
  }
  if (directionOf(last.gain) === "less") {
    return `It does not pay yet: with ${plural(last.images, "image")} it is ${
      size(negative(last.gain))
    } behind the best of what is there without it.`;
  }
  if (last.gain.seeds > 1 && last.gain.interval.high < leastGain) {
    return `It does not pay: with ${plural(last.images, "image")} it gives ${
      size(last.gain)
    } over the best of what is there without it, which is less than a point.`;
  }
  return `It cannot be told whether it pays: with ${
    plural(last.images, "image")
  } the difference to the best of what is there without it is ${size(last.gain)}.`;
}

function moreLabels({ labels, isLearned }: AdviceFacts): string {
  if (!isLearned) return "Cannot be told: nothing was learned from those that there are.";
  if (labels === undefined) {
    return "No curve could be fitted: it needs three numbers of labels, and an accuracy that grows with them.";
  }
  const { most, last, gain } = labels;
  const tenfold = `ten times as many labels (${count(10 * most)})`;
  const said = {
    more: `Labelling more pays: ${tenfold} would give ${size(gain)} more`,
    less: `Labelling more does not pay: ${tenfold} would change accuracy by ${size(gain)}`,
    open: `Whether labelling more pays cannot be told: ${tenfold} would change accuracy by ${
      size(gain)
    }`,
  }[directionOf(gain)];
  const step = last === undefined
    ? ""
    : ` From ${count(last.from)} to ${count(most)} labels it changed by ${size(last.gain)}.`;
  return `${said}, if it goes on as it did: nothing was measured beyond ${
    plural(most, "label")
  }.${step}`;
}

function twoEncoders(facts: AdviceFacts): string {
  const { pair, ranking } = facts;
  if (pair === undefined) return "";
  const names = listing(pair.names), first = ranking[0]!.name;
  return {
    more: `They help: ${names} side by side, the best pair on held-out training labels, give ${
      size(pair.gain)
    } over ${first} alone.`,
    less: `They do not help: ${names}, the best pair on held-out training labels, are ${
      size(negative(pair.gain))
    } behind ${first} alone.`,
    open:
      `No help can be shown: ${names}, the best pair on held-out training labels, differ from ${first} alone by ${
        size(pair.gain)
      }.`,
  }[directionOf(pair.gain)];
}

function failing({ failing, ranking, isLearned }: AdviceFacts): string {
  if (failing.length === 0 || !isLearned) return "";
  const known = failing.filter(({ images }) => images >= fewEach),
    few = failing.length - known.length;
  if (known.length === 0) {
    return `Cannot be told: no class has ${fewEach} test images. The table below shows what became of those that there are.`;
  }
  const rest = few === 0
    ? ""
    : ` Of ${plural(few, "class")} with fewer than ${fewEach} test images nothing is said.`;
  const told = (one: typeof known[number]) =>
    `${one.name} (${percent(one.right)} % of ${count(one.images)} right${
      one.mistakenFor === null ? "" : `, most often taken for ${one.mistakenFor}`
    })`;
  const worst = known.filter(({ right }) => right < 0.5).slice(0, 3);
  return worst.length === 0
    ? `None on more than half of its test images, with ${ranking[0]!.name}; the hardest is ${
      told(known[0]!)
    }.${rest}`
    : `With ${ranking[0]!.name}: ${listing(worst.map(told))}.${rest}`;
}

function howFine({ levels }: AdviceFacts): string {
  if (levels.length < 2) return "";
  const told = levels.map(({ level, estimate }) => `${level} ${percent(estimate.value)} %`);
  return `The same predictions, counted at each level of your label tree: ${listing(told)}.`;
}

function badImages({ quality }: AdviceFacts): string {
  if (quality === undefined || quality.costs.length === 0) return "";
  const { encoder, costs } = quality;
  const costly = costs.filter(({ cost }) => directionOf(cost) === "more");
  const rest = costs.filter((one) => !costly.includes(one));
  const told = costly.map(({ kind, cost }) => `${kind} ${size(cost)}`);
  if (costly.length === 0) {
    return `No loss of ${encoder} can be shown on any kind of bad test images.`;
  }
  const first = `They cost ${encoder}, whose classifier saw good ones: ${listing(told)}.`;
  return rest.length === 0
    ? first
    : `${first} No loss can be shown for ${listing(rest.map(({ kind }) => kind))}.`;
}
