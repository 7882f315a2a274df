import assert from "node:assert/strict";
import {
  type Claim,
  claim,
  clean,
  difference,
  domain,
  each,
  type Experiment,
  experiment,
  flattened,
  fuse,
  grid,
  jpeg,
  linear,
  mean,
  mini,
  type PaperValue,
  ratio,
  resnet,
  scale,
  type Selection,
  simclr,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import { experiments } from "@/experiments/mod.ts";
import { selectionMistakes } from "@/lib/results/selected.ts";

const sharp = simclr(domain("species", "50k"));
const trials = [
  ...grid([sharp, untrained()], [linear("species"), linear("species", { labels: "10k" })]),
  trial(simclr(domain("species", "50k"), { corruption: jpeg(10) }), linear("species")),
  trial(simclr(domain("objects", "50k")), linear("species"), { granularity: ["order"] }),
  trial(simclr(domain("scenes", "50k"), { budget: "steps" }), linear("scenes")),
  trial(fuse(sharp, untrained()), linear("species")),
];

function made(
  claims: readonly Claim[],
  paper: readonly PaperValue[] = [],
): Experiment {
  const about = { id: "few", title: "t", question: "q", reference: "none" };
  return experiment({ ...about, trials, claims, paper });
}

/** What is wrong with a selection, as the mean of a claim. */
function wrongWith(where: Selection): readonly string[] {
  const asked = made([claim({ id: "c", statement: "s", term: mean(where) })]);
  return selectionMistakes(asked, () => "few.ts:1").map(({ message }) => message);
}

const one = { method: "simclr", pretrain: "species", labels: "all", corruption: clean() } as const;

Deno.test("a selection that no trial fits names claim, side and the field that excludes all", () => {
  const none = 'few.ts:1: claim "c": mean() selects none of the experiment\'s 8 trials';
  const otherwise = "Correct it, or add a trial; the trials that fit otherwise have";
  const cases: readonly (readonly [Selection, string])[] = [
    [{ ...one, method: "moco" }, `method "moco" excludes all. ${otherwise} "simclr"`],
    [{ ...one, size: "1M" }, `size "1M" excludes all. ${otherwise} "50k"`],
    [{ ...one, probe: "knn" }, `probe "knn" excludes all. ${otherwise} "linear"`],
    [{ ...one, on: "scenes" }, `on "scenes" excludes all. ${otherwise} "species"`],
    [
      { method: "simclr", pretrain: "scenes" },
      `budget, which is "recipe" unless given, excludes all. ${otherwise} "steps"`,
    ],
    [{ ...one, images: jpeg(10) }, ""],
    [{ ...one, level: "genus" }, `level "genus" excludes all. ${otherwise} "finest"`],
    [
      { method: "byol", on: "aerial" },
      'none has all of {"method":"byol","on":"aerial"}. Correct the selection, or add a trial that it fits',
    ],
  ];
  for (const [where, message] of cases) {
    const [said, ...more] = wrongWith(where);
    assert.deepEqual(more, []);
    assert.ok(`${said}`.startsWith(`${none}: `), `${said}`);
    if (message !== "") assert.equal(said, `${none}: ${message}`);
    else assert.match(`${said}`, /images \{"kind":"jpeg","quality":10\} excludes all\. .*"clean"$/);
  }
});

Deno.test("a level that only data can tell is no mistake", () => {
  for (const level of ["order", "coarsest", "finest"]) {
    assert.deepEqual(wrongWith({ pretrain: "objects", level }), [], level);
  }
  assert.match(wrongWith({ pretrain: "objects", level: "genus" })[0]!, /level "genus" excludes/);
});

Deno.test("a field that is left out means one value, and is refused where the conditions have several", () => {
  const mixes = 'few.ts:1: claim "c": mean() would mix conditions that differ in';
  assert.deepEqual(wrongWith(one), []);
  assert.deepEqual(wrongWith({ ...one, labels: ["10k", "all"] }), []);
  assert.deepEqual(wrongWith({ ...one, labels: each }), []);
  const { labels: _, ...anyLabels } = one;
  assert.deepEqual(wrongWith(anyLabels), [
    `${mixes} labels ("all", "10k"). Name one value, list those that are meant, or say labels: each`,
  ]);
  assert.deepEqual(wrongWith({ ...anyLabels, corruption: each }), wrongWith(anyLabels));
  assert.deepEqual(wrongWith({ method: "simclr", pretrain: "species" }), [
    `${mixes} corruption ("clean", "jpeg-10") and labels ("all", "10k"). ` +
    "Name one value, list those that are meant, or say corruption: each, labels: each",
  ]);
  assert.deepEqual(wrongWith({ labels: "all", on: "species", corruption: clean() }), [
    `${mixes} method ("simclr", "none") and pretrain ("species", "none") and size ("50k", none). ` +
    "Name one value, list those that are meant, or say method: each, pretrain: each, size: each",
  ]);
});

Deno.test("both encoders of a fusion are held to one value", () => {
  assert.deepEqual(wrongWith({ method: "simclr", with: { method: "none" } }), []);
  assert.match(wrongWith({ method: "simclr", with: { method: "byol" } })[0]!, /with \{.*excludes/);
});

Deno.test("each side of a term, each check and each value of the paper is looked at", () => {
  const right = { method: "none", labels: "all" } as const;
  const asked = made([
    claim({
      id: "c",
      statement: "s",
      contrasts: [
        { id: "a", statement: "s", term: difference(mean(one), mean({ method: "moco" })) },
        {
          id: "b",
          statement: "s",
          term: ratio(difference(mean({ method: "none" }), mean(right)), mean(right)),
        },
      ],
      checks: [flattened({ method: "byol" }), flattened({ method: "simclr" })],
    }),
  ], [{ where: { method: "simclr", pretrain: "species" }, value: 0.5 }]);
  const heads = selectionMistakes(asked, () => "few.ts:1")
    .map(({ problem }) => problem.replace(/ (selects|would) .*/, ""));
  assert.deepEqual(heads, [
    'claim "c", contrast "a", right side: mean()',
    'claim "c", contrast "b", numerator, left side: mean()',
    'claim "c": the check "flattened"',
    "paper[0]",
  ]);
});

Deno.test("the study's own selections are all of one value, or say what they take together", () => {
  for (const one of experiments) assert.deepEqual(selectionMistakes(one, () => one.id), []);
});

Deno.test("trials beyond the paper are of no claim, but the paper may have a value of them", () => {
  const [first, ...rest] = grid([sharp, untrained()], [linear("species")]);
  const asked = (where: Selection) =>
    selectionMistakes(
      experiment({
        ...{ id: "few", title: "t", question: "q", reference: "none" },
        trials: [first!],
        beyond: rest,
        claims: [claim({ id: "c", statement: "s", term: mean(where), checks: [flattened(where)] })],
        paper: [{ where: { method: "none" }, value: 0.5 }],
      }),
      () => "few.ts:1",
    ).map(({ problem, remedy }) => `${problem}. ${remedy}`);
  assert.deepEqual(asked({ method: "simclr" }), []);
  for (const where of [{ method: "none" }, { on: "species" }, { method: each }] as const) {
    assert.deepEqual(
      asked(where),
      [": mean()", ': the check "flattened"'].map((told) =>
        `claim "c"${told} selects trials of beyond, which are of no claim. ` +
        "Name the values that are meant, or move those trials to trials"
      ),
    );
  }
});

Deno.test("settings, networks and scales are selected in the words of their declarations, and none of them is mixed in", () => {
  const encoder = (training: { readonly temperature?: number }) =>
    simclr(domain("species", "50k"), { training });
  const wide = scale({ ...mini, name: "wide", pixels: 40 });
  const network = resnet({ blocks: [1], width: 4 });
  const own = (where: Selection) =>
    selectionMistakes(
      experiment({
        ...{ id: "few", title: "t", question: "q", reference: "none" },
        trials: [
          ...grid([encoder({}), encoder({ temperature: 0.1 }), encoder({ temperature: 0.5 })], [
            linear("species"),
          ]),
          trial(encoder({}), linear("species"), { scale: wide }),
          trial(simclr(domain("species", "50k"), { network }), linear("species")),
        ],
        claims: [claim({ id: "c", statement: "s", term: mean(where) })],
      }),
      () => "few.ts:1",
    ).map(({ message }) => message);
  const right: readonly Selection[] = [
    {},
    { training: { temperature: 0.5 } },
    { training: [{ temperature: 0.1 }, { temperature: 0.5 }] },
    { training: each },
    { scale: wide },
    { scale: each },
    { network },
  ];
  for (const where of right) assert.deepEqual(own(where), []);
  const none = 'few.ts:1: claim "c": mean() selects none of the experiment\'s 5 trials: ';
  const otherwise = "Correct it, or add a trial; the trials that fit otherwise have";
  assert.deepEqual(own({ training: { temperature: 0.2 } }), [
    `${none}training {"temperature":0.2} excludes all. ${otherwise} none, "temperature 0.1", "temperature 0.5"`,
  ]);
  const wider = scale({ ...wide, name: "wider", pixels: 48 });
  for (
    const [given, said] of [[wider, '"wider"'], [["mini", wider], '["mini","wider"]']] as const
  ) {
    assert.deepEqual(own({ scale: given }), [
      `${none}scale ${said} excludes all. ${otherwise} "the command’s", "wide"`,
    ]);
  }
  assert.deepEqual(own({ scale: "mini" }), [
    `${none}scale "mini" excludes all. ${otherwise} "the command’s", "wide"`,
  ]);
});
