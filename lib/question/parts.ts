import {
  checkpoint,
  colours,
  domain,
  downsample,
  type Encoder,
  type EncoderSelection,
  finetune,
  fuse,
  gradients,
  images,
  jpeg,
  knn,
  type LabelSize,
  linear,
  perClass,
  pixels,
  saltAndPepper,
  scratch,
  type SeenCorruption,
  simclr,
  type Size,
  testOnly,
  type Trial,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import { leastOwnImages, type QuestionFacts, type Wishes } from "@/lib/question/facts.ts";
import { labelCounts } from "@/lib/question/label_counts.ts";

/** The names of parts, the most important first. */
const partNames = [
  "start",
  "bad-images",
  "scratch",
  "own",
  "neighbours",
  "fusion",
  "finetune",
  "finetune-outside",
  "own-quarter",
  "own-sixteenth",
] as const;

/** The name of a part. */
export type PartName = (typeof partNames)[number];

/** A part of what is asked, which can be left out where time is short. */
export interface Part {
  readonly name: PartName;
  /** What it is, in words: "fine-tuning". */
  readonly told: string;
  readonly trials: readonly Trial[];
}

/** What is done to test images, to see what bad ones cost. */
export const badImages: readonly SeenCorruption[] = [
  testOnly(downsample(4)),
  testOnly(jpeg(10)),
  testOnly(saltAndPepper(0.05)),
];

/** The floors, which nothing trains. */
export const floorEncoders: readonly Encoder[] = [pixels(), colours(), gradients()];

/** An encoder pretrained on so many of the user's own images. */
export interface OwnEncoder {
  readonly encoder: Encoder;
  /** How it is selected among others. */
  readonly where: EncoderSelection;
  readonly part: PartName;
  readonly size: Size;
  readonly images: number;
}

/**
 * The encoders to pretrain on the user's own images, labelled or not, that on most of them first; none unless that is wished.
 *
 * @param atMost So many images.
 */
export function ownEncoders(
  { role, trainImages, unlabelledImages }: QuestionFacts,
  { pretrain }: Pick<Wishes, "pretrain">,
  atMost = Infinity,
): readonly OwnEncoder[] {
  const all = trainImages + unlabelledImages;
  if (!pretrain) return [];
  const sizes: readonly { part: PartName; size: Size; images: number }[] = [
    { part: "own", size: "all", images: all },
    ...([["own-quarter", 4], ["own-sixteenth", 16]] as const).map(([part, times]) => {
      const count = Math.floor(all / times);
      return { part, size: images(Math.max(2, count)), images: count };
    }),
  ];
  return sizes.filter(({ images }) => images >= leastOwnImages && images <= atMost).map((one) => ({
    ...one,
    encoder: simclr(domain(role, one.size)),
    where: { method: "simclr", pretrain: role, size: one.size } satisfies EncoderSelection,
  }));
}

/**
 * Everything that can be asked of the data, in parts, the most important first.
 *
 * @param atMost On so many of their own images encoders are pretrained.
 */
export function partsOf(
  facts: QuestionFacts,
  wishes: Wishes,
  atMost = Infinity,
): readonly Part[] {
  const { role, levels } = facts;
  const own = ownEncoders(facts, wishes, atMost), [whole] = own;
  const named = wishes.encoders.map((name) => checkpoint(name));
  const counts: readonly LabelSize[] = [
    ...labelCounts(facts, wishes.labels).map((count) => perClass(count)),
    "all",
  ];
  const ends = [...new Set([counts[0]!, "all" as const])];
  const granularity = levels.length > 1 ? "all" : "finest";
  const judged = (encoder: Encoder) =>
    counts.map((labels) => trial(encoder, linear(role, { labels }), { granularity }));
  const judgedOnBad = (encoder: Encoder) =>
    badImages.map((images) => trial(encoder, linear(role, { images })));
  const tuned = (encoder: Encoder) =>
    ends.map((labels) => trial(encoder, finetune(role, { labels }), { granularity }));
  const candidates = [...named, ...whole === undefined ? [] : [whole.encoder]];
  // Which two are best is seen on held-out labels alone, so that each pair is there to be shown.
  const joinable = [...candidates, ...candidates.length < 3 ? [colours(), gradients()] : []];
  const pairs = joinable.flatMap((one, i) =>
    joinable.slice(i + 1).map((other) => fuse(one, other))
  );
  const parts: readonly Part[] = [
    {
      name: "start",
      told: "every encoder with a linear classifier",
      trials: [...named, ...floorEncoders, untrained()].flatMap(judged),
    },
    {
      name: "bad-images",
      told: "bad test images",
      trials: [...named, ...floorEncoders].flatMap(judgedOnBad),
    },
    {
      name: "scratch",
      told: "training from scratch",
      trials: ends.map((labels) => trial(untrained(), scratch(role, { labels }), { granularity })),
    },
    ...own.map(({ part, encoder, images }): Part => ({
      name: part,
      told: `pretraining on ${images.toLocaleString("en-US")} of your images`,
      trials: [...judged(encoder), ...encoder === whole?.encoder ? judgedOnBad(encoder) : []],
    })),
    {
      name: "neighbours",
      told: "nearest neighbours in place of a linear classifier",
      trials: [...named, ...floorEncoders, untrained()].flatMap((one) =>
        ends.map((labels) => trial(one, knn(role, { labels })))
      ),
    },
    {
      name: "fusion",
      told: "two encoders side by side",
      trials: pairs.map((one) => trial(one, linear(role))),
    },
    {
      name: "finetune",
      told: "fine-tuning what was pretrained on your images",
      trials: whole === undefined ? [] : tuned(whole.encoder),
    },
    // A large one keeps no small one from it.
    ...named.map((encoder, i): Part => ({
      name: "finetune-outside",
      told: `fine-tuning ${wishes.encoders[i]}`,
      trials: tuned(encoder),
    })),
  ];
  // Where there is no time for all images, pretraining on the most of them is as important.
  const placeOf = ({ name }: Part) => partNames.indexOf(name === whole?.part ? "own" : name);
  return parts.filter(({ trials }) => trials.length > 0)
    .toSorted((a, b) => placeOf(a) - placeOf(b));
}
