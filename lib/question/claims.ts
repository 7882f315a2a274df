import {
  beatsUntrained,
  best,
  type Claim,
  claim,
  clean,
  converged,
  difference,
  each,
  type EncoderSelection,
  flattened,
  type LabelSize,
  mean,
  offTheEnds,
  type Selection,
} from "@/dsl/mod.ts";
import { plural } from "@/lib/base/plural.ts";
import { leastGain, type QuestionFacts } from "@/lib/question/facts.ts";
import { badImages, floorEncoders, type OwnEncoder } from "@/lib/question/parts.ts";

/** What is claimed about, of what is asked. */
export interface Claimed {
  readonly facts: QuestionFacts;
  readonly hasOutside: boolean;
  /** The encoders pretrained on the user's images, that on most of them first. */
  readonly own: readonly OwnEncoder[];
  /** Numbers of labels, fewest first. */
  readonly labels: readonly LabelSize[];
  readonly hasScratch: boolean;
  readonly hasBadImages: boolean;
}

/** The claims by which the questions are answered: few, as each that is added makes the others harder to decide. */
export function claimsOf(claimed: Claimed): readonly Claim[] {
  const { facts: { role }, hasOutside, own, labels, hasScratch, hasBadImages } = claimed;
  const [largest, smaller] = own;
  const outside = hasOutside ? ["checkpoint" as const] : [];
  // Whatever they are, and of whatever they were made.
  const any: EncoderSelection = {
    ...{ pretrain: each, size: each },
    ...hasOutside && { checkpoint: each },
  };
  const floorNames = floorEncoders.map(({ method }) => method);
  const on: Selection = { on: role, probe: "linear", labels: "all" };
  const floors: Selection = { ...on, method: floorNames };
  const learned: Selection = {
    ...on,
    method: [...outside, ...largest === undefined ? [] : ["simclr" as const]],
    ...any,
  };
  const hasLearned = hasOutside || largest !== undefined;
  const main: Selection = hasLearned ? learned : floors;
  const ofOwn: Selection = largest === undefined ? {} : { ...on, ...largest.where };
  const ownChecks = [flattened(ofOwn), beatsUntrained(ofOwn), offTheEnds(ofOwn)];
  const fewest = labels[0]!, before = labels.at(-2);
  // Of own encoders only that on most images saw bad ones.
  const seenBad = [
    ...hasOutside
      ? [{
        id: "outside",
        statement: "encoders from outside",
        where: { ...on, method: "checkpoint" as const, ...any },
      }]
      : [],
    ...largest === undefined
      ? []
      : [{ id: "own", statement: "the encoder pretrained on your own images", where: ofOwn }],
    ...hasLearned ? [] : [{ id: "simple", statement: "simple descriptions", where: floors }],
  ];
  return [
    ...!hasLearned ? [] : [claim({
      id: "learned-beats-simple",
      statement:
        "The best of the encoders that were trained gives more than 1 point over the best simple description (pixels, colours, gradients)",
      term: difference(best(learned), best(floors)),
      threshold: leastGain,
      checks: [offTheEnds(floors)],
    })],
    ...largest === undefined ? [] : [claim({
      id: "own-pretraining-pays",
      statement:
        "Pretraining on your own images gives more than 1 point over the best of what is there without it",
      term: difference(
        mean(ofOwn),
        best({ ...on, method: [...outside, ...floorNames, "none"], ...any }),
      ),
      threshold: leastGain,
      checks: ownChecks,
    })],
    ...largest === undefined || smaller === undefined ? [] : [claim({
      id: "more-own-images-help",
      statement: `Pretraining on ${
        plural(largest.images, "image")
      } of yours gives more than 1 point over ${smaller.images.toLocaleString("en-US")} of them`,
      term: difference(mean(ofOwn), mean({ ...on, ...smaller.where })),
      threshold: leastGain,
      checks: ownChecks,
    })],
    ...!hasScratch ? [] : [claim({
      id: "scratch-falls-behind",
      statement:
        "With the fewest labels, the best frozen features give more than 1 point over a network trained from scratch",
      term: difference(
        best({ ...main, labels: fewest }),
        mean({ on: role, method: "none", probe: "scratch", labels: fewest }),
      ),
      threshold: leastGain,
      checks: [converged({ on: role, method: "none", probe: "scratch", labels: fewest })],
    })],
    ...before === undefined ? [] : [claim({
      id: "more-labels-help",
      statement: `All labels give more than 1 point over ${before}`,
      term: difference(mean(main), mean({ ...main, labels: before })),
      threshold: leastGain,
      checks: [offTheEnds(main)],
    })],
    ...!hasBadImages ? [] : [claim({
      id: "bad-images-cost",
      statement: `Bad test images cost ${
        seenBad.map(({ statement }) => statement).join(" and ")
      } more than 1 point, on average over their kinds`,
      means: "mean",
      contrasts: seenBad.map(({ where, ...told }) => ({
        ...told,
        term: difference(
          mean({ ...where, images: clean() }),
          mean({ ...where, images: badImages }),
        ),
      })),
      threshold: leastGain,
    })],
  ];
}
