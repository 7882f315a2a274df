import assert from "node:assert/strict";
import type { Estimate } from "@/lib/results/mod.ts";
import { adviceOf } from "@/reports/advice.ts";
import type { AdviceFacts } from "@/reports/advice_facts.ts";

/** A number and how far its interval reaches to either side. */
function about(value: number, reach = 0.02, seeds = 2): Estimate {
  return { value, interval: { low: value - reach, high: value + reach }, seeds };
}

const facts: AdviceFacts = {
  trainImages: 400,
  testImages: 2000,
  unlabelledImages: 600,
  classes: 10,
  seeds: 2,
  leastTestImages: 50,
  leastGain: 0.01,
  untried: "--pretrain tries it on your 1,000 images",
  features: "npx deno task features birds --data mine.yaml",
  guessing: 0.1,
  isLearned: true,
  ways: [],
  ranking: [
    { name: "dino", word: "dino", estimate: about(0.8) },
    { name: "raw pixels", word: "pixels", estimate: about(0.4), behind: about(0.4) },
  ],
  hasTrained: true,
  failing: [],
  levels: [],
  seconds: 90,
};

/** What is said about something. */
function said(topic: string, more: Partial<AdviceFacts> = {}): string {
  return adviceOf({ ...facts, ...more }).find(({ about }) => about === topic)?.text ?? "";
}

const encoder = (more: Partial<AdviceFacts>) => said("Which encoder", more);

Deno.test("the advice names an encoder that is ahead of all others, and how far", () => {
  assert.equal(
    encoder({}),
    "Start from dino (80.0 %, 78.0 to 82.0). The next, raw pixels, is 40.0 points (38.0 to 42.0) behind.",
  );
});

Deno.test("the advice ends with the whole command that writes the first encoder's features", () => {
  const last = adviceOf(facts).at(-1)!;
  assert.equal(last.about, "How to go on");
  assert.equal(last.command, "npx deno task features birds --data mine.yaml --encoder dino");
  assert.match(last.text, /what dino makes of your images/);
});

Deno.test("the advice begins with what works best, where that is more than an encoder as it is", () => {
  const best = (ways: AdviceFacts["ways"]) => said("What works best", { ways });
  const plain = { name: "a linear classifier on dino", estimate: about(0.8), isPlain: true };
  const tuned = { name: "fine-tuning mae", estimate: about(0.9), isPlain: false };
  assert.equal(best([plain]), "");
  assert.equal(
    best([tuned, { ...plain, behind: about(0.1) }]),
    "Fine-tuning mae (90.0 %, 88.0 to 92.0). The next, a linear classifier on dino, is 10.0 points (8.0 to 12.0) behind.",
  );
  const tied = ["a", "b", "c", "d", "e"].map((name) => ({ ...plain, name, behind: about(0.01) }));
  assert.equal(
    best([tuned, ...tied]),
    "Fine-tuning mae (90.0 %, 88.0 to 92.0), but a, b, c and 2 more cannot be told from it.",
  );
  assert.match(
    encoder({ ways: [tuned] }),
    /^As it is, with a linear classifier: start from dino /,
  );
  assert.equal(said("What works best", { ways: [tuned], isLearned: false }), "");
});

Deno.test("the advice chooses none of several that cannot be told apart", () => {
  const [first, last] = facts.ranking;
  const tied = { name: "mae", word: "mae", estimate: about(0.79), behind: about(0.01) };
  assert.equal(
    encoder({ ranking: [first!, tied, last!] }),
    "First came dino (80.0 %, 78.0 to 82.0), and mae cannot be told from it: take whichever of the two is easiest to use.",
  );
  assert.equal(
    encoder({ ranking: [first!, tied] }),
    "No choice can be made: first came dino (80.0 %, 78.0 to 82.0), but none of the others can be told from it.",
  );
  // One seed does not know what another would change.
  const once = { ...last!, behind: about(0.4, 0.02, 1) };
  assert.match(encoder({ ranking: [first!, once] }), /^No choice can be made/);
});

Deno.test("the advice recommends nothing at the level of guessing, or of a handful of test images", () => {
  assert.match(
    encoder({ guessing: 0.79, isLearned: false }),
    /^None can be recommended: the best measured, dino .* always naming the most frequent class \(79\.0 %\)/,
  );
  assert.match(
    encoder({ testImages: 49 }),
    /^No choice can be made with 49 test images\. The highest number is that of dino .* could turn that round\. Always naming the most frequent class is right on 10\.0 %\.$/,
  );
  assert.equal(encoder({ ranking: [] }), "Nothing was measured yet.");
});

Deno.test("the advice says that descriptions are no encoders, where there are none", () => {
  assert.match(encoder({ hasTrained: false }), /add --encoders or --pretrain\.$/);
});

Deno.test("the advice says whether pretraining pays, and from how many images", () => {
  const own = (...gains: readonly (readonly [images: number, gain: Estimate])[]) =>
    said("Pretraining on your own images", {
      own: { gains: gains.map(([images, gain]) => ({ images, gain })), seconds: 3600 },
    });
  assert.equal(
    said("Pretraining on your own images"),
    "Not tried: --pretrain tries it on your 1,000 images.",
  );
  assert.equal(
    own([250, about(0.03)], [1000, about(0.1)]),
    "It pays: on 1,000 images it gives 10.0 points (8.0 to 12.0) over the best of what is there without it. It did so from 250 images on.",
  );
  // Of fewer images nothing follows where more of them could not show it.
  assert.match(
    own([60, about(0.1)], [250, about(0.01)], [1000, about(0.1)]),
    /With fewer \(250\) that could not be shown\./,
  );
  assert.match(
    own([250, about(0.01)], [1000, about(0.1)]),
    /With fewer \(250\) that could not be shown\./,
  );
  assert.match(
    own([1000, about(-0.1)]),
    /^It does not pay yet: with 1,000 images it is 10\.0 points \(8\.0 to 12\.0\) behind/,
  );
  // What is less than a point does not pay, whether it is there or not.
  assert.equal(
    own([1000, about(-0.02, 0.025)]),
    "It does not pay: with 1,000 images it gives −2.0 points (−4.5 to 0.5) over the best of what is there without it, which is less than a point.",
  );
  assert.match(
    own([1000, about(0.01)]),
    /^It cannot be told whether it pays: with 1,000 images the difference .* is 1\.0 points \(−1\.0 to 3\.0\)/,
  );
});

Deno.test("the advice says what all took, and one training on own images of it", () => {
  assert.equal(said("What it took"), "All that stands on this page took 1 min 30 s of one core.");
  assert.equal(
    said("What it took", {
      seconds: 7200,
      own: { gains: [{ images: 1000, gain: about(0.1) }], seconds: 3600 },
    }),
    "All that stands on this page took 2 h of one core, of which one training on 1,000 images took 1 h.",
  );
});

Deno.test("the advice marks what ten times more labels would give as an extrapolation", () => {
  const labels = (gain: Estimate) =>
    said("More labels", { labels: { most: 400, gain, last: { from: 200, gain: about(0.01) } } });
  assert.equal(
    labels(about(0.1)),
    "Labelling more pays: ten times as many labels (4,000) would give 10.0 points (8.0 to 12.0) more, if it goes on as it did: nothing was measured beyond 400 labels. From 200 to 400 labels it changed by 1.0 points (−1.0 to 3.0).",
  );
  assert.match(labels(about(0.01)), /^Whether labelling more pays cannot be told/);
  assert.match(labels(about(-0.1)), /^Labelling more does not pay/);
  assert.match(said("More labels"), /^No curve could be fitted: it needs three numbers of labels/);
  assert.match(said("More labels", { isLearned: false }), /^Cannot be told: nothing was learned/);
});

Deno.test("the advice lays frozen features beside training from scratch and fine-tuning", () => {
  const trained = (gain: Estimate) =>
    said("Fine-tuning, or training from scratch", {
      scratch: [{ labels: 20, gain }],
      finetuned: { name: "SimCLR", gain },
    });
  assert.equal(
    trained(about(0.1)),
    "With 20 labels, dino with a linear classifier is 10.0 points (8.0 to 12.0) ahead of a network trained from scratch. Fine-tuning SimCLR gives 10.0 points (8.0 to 12.0) over its linear classifier.",
  );
  assert.match(
    trained(about(-0.1)),
    /a network trained from scratch is 10\.0 points .* ahead of dino.* loses 10\.0 points/,
  );
  assert.match(
    trained(about(0)),
    /cannot be told apart \(0\.0 points, −2\.0 to 2\.0\).*helps cannot be told/,
  );
  assert.equal(said("Fine-tuning, or training from scratch"), "");
  const gains = [0.1, -0.1, 0].map((gain, i) => ({ labels: 20 * (i + 1), gain: about(gain) }));
  assert.equal(
    said("Fine-tuning, or training from scratch", { tunedOwn: { name: "SimCLR", gains } }),
    "With 20 labels, fine-tuning SimCLR is 10.0 points (8.0 to 12.0) ahead of training from scratch. With 40 labels, training from scratch is 10.0 points (8.0 to 12.0) ahead of fine-tuning SimCLR. Fine-tuning SimCLR and training from scratch cannot be told apart: 0.0 points (−2.0 to 2.0) with 60 labels.",
  );
});

Deno.test("the advice says whether two encoders help, and that they were chosen without the test images", () => {
  const pair = (gain: Estimate) => said("Two encoders", { pair: { names: ["dino", "mae"], gain } });
  assert.match(
    pair(about(0.1)),
    /^They help: dino and mae side by side, the best pair on held-out training labels, give 10\.0/,
  );
  assert.match(pair(about(0)), /^No help can be shown: dino and mae, the best pair on held-out/);
  assert.match(pair(about(-0.1)), /^They do not help/);
});

Deno.test("the advice names the classes that fail, and none of which there are a few images", () => {
  const wren = { name: "wren", images: 200, right: 0.25, mistakenFor: "robin" };
  const few = { name: "owl", images: 9, right: 0, mistakenFor: "wren" };
  const classes = (...failing: AdviceFacts["failing"]) => said("Which classes fail", { failing });
  assert.equal(
    classes(wren),
    "With dino: wren (25.0 % of 200 right, most often taken for robin).",
  );
  assert.equal(
    classes({ ...wren, right: 0.6 }),
    "None on more than half of its test images, with dino; the hardest is wren (60.0 % of 200 right, most often taken for robin).",
  );
  assert.equal(
    classes(few, wren),
    "With dino: wren (25.0 % of 200 right, most often taken for robin). Of 1 class with fewer than 10 test images nothing is said.",
  );
  assert.match(classes(few), /^Cannot be told: no class has 10 test images\./);
  assert.equal(said("Which classes fail", { failing: [wren], isLearned: false }), "");
});

Deno.test("the advice tells what bad images cost, and of which no loss can be shown", () => {
  const jpeg = { kind: "JPEG", cost: about(0.1) }, noise = { kind: "noise", cost: about(0.01) };
  const quality = (...costs: NonNullable<AdviceFacts["quality"]>["costs"]) =>
    said("Bad images", { quality: { encoder: "mae", costs } });
  assert.equal(
    quality(jpeg, noise),
    "They cost mae, whose classifier saw good ones: JPEG 10.0 points (8.0 to 12.0). No loss can be shown for noise.",
  );
  assert.equal(
    quality(noise),
    "No loss of mae can be shown on any kind of bad test images.",
  );
});

Deno.test("the advice begins with what so little data cannot tell, and then decides nothing", () => {
  const few = adviceOf({
    ...facts,
    testImages: 20,
    trainImages: 40,
    own: { gains: [{ images: 240, gain: about(0.3) }], seconds: 60 },
    quality: { encoder: "dino", costs: [{ kind: "JPEG", cost: about(0.3) }] },
    pair: { names: ["dino", "mae"], gain: about(-0.3) },
  });
  assert.equal(few[0]?.about, "What your data can tell");
  assert.match(
    few[0]!.text,
    /^Your 20 test images pin one accuracy down to about ±21\.9 points: too few to judge by, .* set aside 50 or more first\. With 4\.0 labels a class, which images happened to be labelled matters/,
  );
  assert.deepEqual(few.map(({ about }) => about), [
    "What your data can tell",
    "Which encoder",
    "All else",
    "What it took",
  ]);
  assert.equal(
    few[2]!.text,
    "Whether pretraining on your own images pays, what more labels would give, whether two encoders help, which classes fail and what bad images cost cannot be told either. What was measured is shown below.",
  );
  const all = few.map(({ text }) => text).join(" ");
  assert.doesNotMatch(all, /It pays|does not pay|They cost|They do not help|Start from/);
  // With enough of them it ends with what they pin down.
  const last = adviceOf(facts).at(-3)!;
  assert.equal(last.text, "Your 2,000 test images pin one accuracy down to about ±2.2 points.");
});
