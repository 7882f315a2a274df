import { leastSeeds, type QuestionFacts, type Wishes } from "@/lib/question/facts.ts";
import { ownEncoders, type Part, partsOf } from "@/lib/question/parts.ts";

/** What is asked, and what is not for want of time. */
export interface Choice {
  /** The most important first. */
  readonly parts: readonly Part[];
  readonly leftOut: readonly LeftOut[];
  readonly seeds: number;
  /** What all that is asked is expected to take. */
  readonly seconds: number;
}

/** A part that there is no time for. */
export interface LeftOut {
  readonly told: string;
  /** So much longer all would take with it. */
  readonly seconds: number;
}

/** A limit, and what parts take. */
export interface Time {
  /** In seconds; without it everything is asked. */
  readonly limit?: number;
  /** What some parts take together, each for so many seeds: they share much of their work. */
  readonly secondsOf: (parts: readonly Part[], seeds: number) => number;
}

// Beyond, the choice of test images is most of what is uncertain, and no seed mends that.
const mostSeeds = 5;

/**
 * What of a question fits its time: part by part, the most important first, each is taken that fits beside those taken before.
 * The first part is always taken. Where there is no time to pretrain on all images, it is done on fewer; where time is
 * left, all is done with more seeds, unless their number is wished.
 */
export function chooseParts(facts: QuestionFacts, wishes: Wishes, time: Time): Choice {
  const chosen = chooseAt(wishes.seeds ?? leastSeeds, { facts, wishes, time });
  const { limit, secondsOf } = time;
  if (wishes.seeds !== undefined || limit === undefined) return chosen;
  let { seeds, seconds } = chosen;
  for (let more = seeds + 1; more <= mostSeeds; more++) {
    const withMore = secondsOf(chosen.parts, more);
    if (withMore > limit) break;
    [seeds, seconds] = [more, withMore];
  }
  return { ...chosen, seeds, seconds };
}

function chooseAt(
  seeds: number,
  { facts, wishes, time }: {
    readonly facts: QuestionFacts;
    readonly wishes: Wishes;
    readonly time: Time;
  },
): Choice {
  const unfit: LeftOut[] = [];
  for (const { images, part } of ownEncoders(facts, wishes)) {
    const parts = partsOf(facts, wishes, images);
    const taken = take(parts, seeds, time);
    if (taken.parts.some(({ name }) => name === part)) {
      return { ...taken, leftOut: [...unfit, ...taken.leftOut] };
    }
    unfit.push(taken.leftOut.find(({ told }) => told === partNamed(parts, part).told)!);
  }
  const taken = take(partsOf(facts, { ...wishes, pretrain: false }), seeds, time);
  return { ...taken, leftOut: [...unfit, ...taken.leftOut] };
}

function take(
  [first, ...others]: readonly Part[],
  seeds: number,
  { limit = Infinity, secondsOf }: Time,
): Choice {
  const parts = [first!], leftOut: LeftOut[] = [];
  let seconds = secondsOf(parts, seeds);
  for (const part of others) {
    const withIt = secondsOf([...parts, part], seeds);
    if (withIt > limit) leftOut.push({ told: part.told, seconds: withIt - seconds });
    else {
      parts.push(part);
      seconds = withIt;
    }
  }
  return { parts, leftOut, seeds, seconds };
}

function partNamed(parts: readonly Part[], name: Part["name"]): Part {
  return parts.find((part) => part.name === name)!;
}
