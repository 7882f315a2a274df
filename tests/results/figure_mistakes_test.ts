import assert from "node:assert/strict";
import {
  clean,
  type DeclaredFigure,
  domain,
  each,
  experiment,
  figure,
  fuse,
  grid,
  jpeg,
  linear,
  methods,
  moco,
  simclr,
  type Trial,
  trial,
  untrained,
} from "@/dsl/mod.ts";
import { experiments } from "@/experiments/mod.ts";
import { figureMistakes } from "@/lib/results/mod.ts";

const source = domain("species");
const ladder = grid(
  [simclr(source), ...[10, 30].map((quality) => simclr(source, { corruption: jpeg(quality) }))],
  [linear("species", { labels: "10k" }), linear("species")],
);

function wrongWith(figures: readonly DeclaredFigure[], trials: readonly Trial[] = ladder) {
  const about = { id: "own", title: "t", question: "q", reference: "none" };
  const own = experiment({ ...about, trials, figures });
  return figureMistakes(own, () => "own.ts:1").map(({ message }) => message);
}

Deno.test("a figure whose factors tell all conditions apart is right", () => {
  assert.deepEqual(
    wrongWith([
      figure.lines({ x: "labels", color: "corruption" }),
      figure.lines({ x: "corruption.quality", color: "labels" }),
      figure.heat({ x: "labels", y: "corruption.quality" }),
      figure.dots({ y: ["corruption", "labels"] }),
      figure.table({ y: "corruption", x: "labels" }),
      figure.dots({ y: "corruption", where: { labels: "all" } }),
      figure.lines({ x: "labels", where: { corruption: clean() } }),
      figure.table(),
    ]),
    [],
  );
});

Deno.test("a factor that does not vary is refused, and those are named that do", () => {
  const instead = "Leave it out, or take one that does: corruption, labels";
  assert.deepEqual(wrongWith([figure.lines({ x: "labels", color: ["corruption", "method"] })]), [
    `own.ts:1: figure.lines(): the factor "method" does not vary: all that is shown has "simclr". ${instead}`,
  ]);
  assert.deepEqual(wrongWith([figure.lines({ x: "training.temperature", color: "labels" })]), [
    `own.ts:1: figure.lines(): the factor "training.temperature" does not vary: all that is shown has "0.2". ${instead}`,
  ]);
  assert.match(
    wrongWith([figure.dots({ y: "corruption", panel: "labels", where: { labels: "all" } })])[0]!,
    /"labels" does not vary: all that is shown has "all"\. Leave it out, or take one that does: corruption$/,
  );
  assert.match(
    wrongWith([figure.lines({ x: "level", color: ["corruption", "labels"] })])[0]!,
    /"level" does not vary: all that is shown has "finest"/,
  );
});

Deno.test("conditions that a figure does not tell apart are refused, unless their mean is asked for", () => {
  assert.deepEqual(wrongWith([figure.lines({ x: "labels" })]), [
    'own.ts:1: figure.lines() would show conditions as one that differ in corruption ("clean", "jpeg-10", "jpeg-30"). ' +
    "Make it a factor of the figure too, name one value in where, or say corruption: each there for their mean",
  ]);
  assert.match(
    wrongWith([figure.lines({ x: "labels", where: { corruption: [clean(), jpeg(10)] } })])[0]!,
    /would show conditions as one that differ in corruption \("clean", "jpeg-10"\)/,
  );
  assert.deepEqual(wrongWith([figure.lines({ x: "labels", where: { corruption: each } })]), []);
});

Deno.test("what has no value of a factor is told apart by its method, or by its corruption", () => {
  const trials = [...ladder, ...grid([untrained()], [linear("species")])];
  assert.deepEqual(wrongWith([figure.lines({ x: "size", where: { labels: "all" } })], trials), [
    'own.ts:1: figure.lines() would show conditions as one that differ in corruption ("clean", "jpeg-10", "jpeg-30"). ' +
    "Make it a factor of the figure too, name one value in where, or say corruption: each there for their mean",
  ]);
  assert.deepEqual(
    wrongWith(
      [figure.lines({ x: "size", where: { labels: "all", corruption: clean() } })],
      trials,
    ),
    [],
  );
});

Deno.test("a figure that shows nothing names the field that excludes all", () => {
  assert.deepEqual(wrongWith([figure.lines({ x: "labels", where: { method: "moco" } })]), [
    'own.ts:1: figure.lines() selects none of the experiment\'s 6 trials: method "moco" excludes all. ' +
    'Correct it, or add a trial; the trials that fit otherwise have "simclr"',
  ]);
});

Deno.test("a setting that happens to be the recipe's at one scale is a factor all the same", () => {
  const { epochs } = methods.simclr.recipes.smoke;
  const trials = grid([simclr(source), simclr(source, { training: { epochs } })], [
    linear("species"),
  ]);
  assert.deepEqual(wrongWith([figure.lines({ x: "training.epochs" })], trials), []);
});

Deno.test("fusions are shown where nothing is said of encoders, and levels where they are a factor", () => {
  const trials = [
    trial(fuse(simclr(source), moco(source)), linear("species"), { granularity: "all" }),
    trial(simclr(source), linear("species"), { granularity: "all" }),
  ];
  assert.deepEqual(
    wrongWith([
      figure.dots({ y: "method", where: { on: "species" } }),
      figure.lines({ x: "level", color: "method" }),
      figure.lines({ x: "level", where: { method: "simclr" } }),
      figure.lines({ x: "level", where: { method: "simclr", with: { method: "moco" } } }),
    ], trials),
    [],
  );
  assert.match(wrongWith([figure.lines({ x: "level" })], trials)[0]!, /differ in method \("simclr/);
});

Deno.test("the study's own figures are right", () => {
  for (const one of experiments) assert.deepEqual(figureMistakes(one, () => one.id), []);
});
