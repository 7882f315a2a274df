import assert from "node:assert/strict";
import { type Condition, expand, resnet, role, scaleOf } from "@/dsl/mod.ts";
import { randomAt } from "@/lib/base/random.ts";
import { plan, type PlanEncoder } from "@/lib/plan/mod.ts";
import { experimentOf, partsOf, type QuestionFacts } from "@/lib/question/mod.ts";
import { subjectOf } from "@/lib/results/mod.ts";
import { adviceOf } from "@/reports/advice.ts";
import { adviceFacts, unlikeLevels } from "@/reports/advice_facts.ts";
import { answerOf, encoderKey } from "@/reports/answer_cells.ts";
import { birds, everything } from "@/tests/question/facts.ts";
import { simulateAnswer } from "@/tests/reports/simulated_answer.ts";

Deno.test("encoderKey() tells two encoders from outside apart that have one architecture", () => {
  const names = ["dino", "mae"], wishes = { ...everything, encoders: names };
  const alike: Omit<PlanEncoder, "sha256"> = {
    network: resnet({ blocks: [1], width: 4 }),
    pixels: 40,
    normalisation: { mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] },
  };
  const encoders = {
    names,
    named: new Map(names.map((name, i) => [name, { ...alike, sha256: `${i}`.repeat(64) }])),
  };
  const domain = { ...birds, id: "b", source: "b", dataset: "folder", dividedLevels: birds.levels };
  const made = experimentOf(partsOf(birds, wishes), birds, wishes);
  const planned = plan(expand(made, scaleOf("mini")), new Map([[birds.role, domain]]), {
    encoders,
  });
  const subjects = planned.conditions
    .map(({ condition }) => subjectOf(condition, "finest", null))
    .filter(({ method, others }) => method === "checkpoint" && others.length === 0);
  assert.equal(new Set(subjects.map(({ network }) => network)).size, 1);
  assert.equal(new Set(subjects.map((subject) => encoderKey({ subject }))).size, 2);
});

Deno.test("unlikeLevels() leaves out levels of one class, and those that have the classes of the level before", () => {
  const level = (level: string, classes: number) => ({
    level,
    names: Array.from({ length: classes }, (_, i) => `${i}`),
  });
  assert.deepEqual(
    [...unlikeLevels([
      ...[level("finest", 5), level("genus", 5), level("family", 3), level("order", 3)],
      level("kingdom", 1),
    ])],
    ["finest", "family"],
  );
});

const photographs: QuestionFacts = {
  role: role("birds"),
  trainImages: 60,
  testImages: 60,
  unlabelledImages: 200,
  classes: 5,
  levels: ["class"],
};
const wishes = { encoders: ["dino", "mae", "moco", "swav"], pretrain: true };

/** The advice of studies whose truth is known. */
function advised(studies: number, { facts = photographs, truth }: {
  readonly facts?: QuestionFacts;
  readonly truth: (condition: Condition, labels: number) => number;
}) {
  return Array.from({ length: studies }, (_, study) => {
    const drawn = simulateAnswer({ facts, wishes, seeds: 2, truth }, randomAt(9, "answer", study));
    const said = new Map(adviceOf(adviceFacts(drawn)).map(({ about, text }) => [about, text]));
    return { said: (about: string) => said.get(about) ?? "", answer: answerOf(drawn) };
  });
}

const topics = {
  "What works best": / is .* behind\.$/,
  "Which encoder": /[Ss]tart from/,
  "Pretraining on your own images": /^It pays|^It does not pay/,
  "Fine-tuning, or training from scratch": /scratch is | is .* ahead of a network/,
  "Two encoders": /^They (do not )?help/,
  "Bad images": /^They cost/,
} as const;

Deno.test("the advice on encoders that are all alike prefers one, on each question, in 5 % of studies at most", () => {
  const studies = 80,
    all = advised(studies, { truth: (_, labels) => 0.3 + 0.07 * Math.log(labels) });
  for (const [topic, preferring] of Object.entries(topics)) {
    const wrong = all.filter(({ said }) => preferring.test(said(topic))).length;
    // Two standard errors of so few studies above 5 %.
    const most = studies * (0.05 + 2 * Math.sqrt(0.05 * 0.95 / studies));
    assert.ok(wrong <= most, `${topic}: ${wrong} of ${studies}`);
  }
});

Deno.test("the advice where labels mean nothing recommends no encoder, and draws no curve", () => {
  const studies = 40, all = advised(studies, { truth: () => 0.2 });
  const wrong = all.filter(({ answer: { isLearned, curve } }) => isLearned || curve !== undefined);
  assert.ok(wrong.length <= 4, `${wrong.length} of ${studies}`);
  const [first] = all.filter(({ answer }) => !answer.isLearned);
  assert.match(first!.said("Which encoder"), /^None can be recommended/);
  assert.match(first!.said("More labels"), /^Cannot be told: nothing was learned/);
});

Deno.test("the advice names the encoder that is far ahead of all others", () => {
  const facts = { ...photographs, testImages: 300 }, studies = 10;
  const all = advised(studies, {
    facts,
    truth: ({ encoders: [first], probe }) =>
      first!.checkpoint === "mae" && probe.kind === "linear" ? 0.75 : 0.5,
  });
  const right = all.filter(({ said }) => /[Ss]tart from mae /.test(said("Which encoder"))).length;
  assert.ok(right >= 8, `${right} of ${studies}`);
  assert.ok(all.every(({ said }) => !/^It pays/.test(said("Pretraining on your own images"))));
});

Deno.test("the advice on bad images is of the best encoder that was tried on them", () => {
  // That on a quarter of the images comes first, and is tried on good ones only.
  const [one] = advised(1, {
    truth: ({ encoders: [first], probe }) =>
      first!.sources[0]?.size === "65 images"
        ? 0.9
        : first!.checkpoint === "swav"
        ? 0.7 - (probe.corruption.kind === "clean" ? 0 : 0.5)
        : 0.4,
  });
  assert.match(one!.said("Which encoder"), /SimCLR on 65 of your images/);
  assert.match(one!.said("Bad images"), /^They cost swav, /);
});

Deno.test("the advice on fewer test images than are judged by draws no curve and prefers nothing", () => {
  const facts = { ...photographs, testImages: 49 };
  for (const { said, answer } of advised(10, { facts, truth: (_, labels) => labels / 100 })) {
    assert.equal(answer.curve, undefined);
    assert.match(said("Which encoder"), /^No choice can be made with 49 test images/);
    for (const topic of Object.keys(topics).filter((one) => one !== "Which encoder")) {
      assert.equal(said(topic), "");
    }
  }
});
