import type { QuestionFacts, Wishes } from "@/lib/question/facts.ts";
import { ownEncoders, type Part, partsOf } from "@/lib/question/parts.ts";

/** What is asked, and what is not for want of time. */
export interface Choice {
  /** The most important first. */
  readonly parts: readonly Part[];
  readonly leftOut: readonly LeftOut[];
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
  /** What some parts take together: they share much of their work. */
  readonly secondsOf: (parts: readonly Part[]) => number;
}

/**
 * What of a question fits its time: part by part, the most important first, each is taken that fits beside those taken before.
 * The first part is always taken. Where there is no time to pretrain on all images, it is done on fewer.
 */
export function chooseParts(facts: QuestionFacts, wishes: Wishes, time: Time): Choice {
  const { limit = Infinity, secondsOf } = time;
  const unfit: LeftOut[] = [];
  for (const { images, part } of ownEncoders(facts, wishes)) {
    const parts = partsOf(facts, wishes, images);
    const taken = take(parts, time);
    if (taken.parts.some(({ name }) => name === part)) {
      return { ...taken, leftOut: [...unfit, ...taken.leftOut] };
    }
    unfit.push(taken.leftOut.find(({ told }) => told === partNamed(parts, part).told)!);
  }
  const taken = take(partsOf(facts, { ...wishes, pretrain: false }), { limit, secondsOf });
  return { ...taken, leftOut: [...unfit, ...taken.leftOut] };
}

function take([first, ...others]: readonly Part[], { limit = Infinity, secondsOf }: Time): Choice {
  const parts = [first!], leftOut: LeftOut[] = [];
  let seconds = secondsOf(parts);
  for (const part of others) {
    const withIt = secondsOf([...parts, part]);
    if (withIt > limit) leftOut.push({ told: part.told, seconds: withIt - seconds });
    else {
      parts.push(part);
      seconds = withIt;
    }
  }
  return { parts, leftOut, seconds };
}

function partNamed(parts: readonly Part[], name: Part["name"]): Part {
  return parts.find((part) => part.name === name)!;
}
