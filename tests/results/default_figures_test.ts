import assert from "node:assert/strict";
import {
  domain,
  expand,
  experiment,
  fuse,
  grid,
  jpeg,
  linear,
  mini,
  moco,
  perClass,
  scale,
  simclr,
  supervised,
  type Trial,
  untrained,
} from "@/dsl/mod.ts";
import { experiments } from "@/experiments/mod.ts";
import { defaultFigures, figureMistakes, subjectOf } from "@/lib/results/mod.ts";

/** The default figures of some trials, in a line each: `lines x: labels, color: method`. */
function figuresOf(trials: readonly Trial[], levels: readonly string[] = ["finest"]) {
  const own = experiment({ id: "own", title: "t", question: "q", reference: "none", trials });
  const subjects = expand(own, mini, { seeds: 1 }).flatMap((one) =>
    levels.map((level) => subjectOf(one, level, null))
  );
  return defaultFigures(subjects).map((one) => {
    const places = (["x", "y", "color", "panel"] as const).filter((at) => one[at].length > 0)
      .map((at) => `${at}: ${one[at].join(" and ")}`);
    return `${one.figure} ${places.join(", ")}`;
  });
}

const source = domain("species"), probe = linear("species");
const heats = [0.1, 0.5, 1].map((temperature) => simclr(source, { training: { temperature } }));
const counts = [1, 5, 10].map((one) => linear("species", { labels: perClass(one) }));

Deno.test("a number that varies is an axis of lines, and what has none of it is no further factor", () => {
  assert.deepEqual(figuresOf(grid([...heats, untrained()], [probe])), [
    "lines x: training.temperature",
  ]);
  assert.deepEqual(figuresOf(grid([simclr(source), untrained(), moco(source)], counts)), [
    "lines x: labels, color: method",
  ]);
  assert.deepEqual(
    figuresOf(grid(heats.slice(0, 2), counts)),
    ["lines x: labels, color: training.temperature"],
    "the longer axis",
  );
  const wide = scale({ ...mini, name: "wide", pixels: 40 });
  assert.deepEqual(
    figuresOf([...grid(heats, [probe]), ...grid(heats, [probe], { scale: wide })]),
    ["lines x: training.temperature, color: scale"],
  );
});

Deno.test("a line joins no conditions that differ in a word too, though the number alone would tell them apart", () => {
  const some = [simclr(domain("species", "50k")), simclr(domain("species", "250k"))];
  const other = simclr(domain("scenes", "1M"));
  assert.deepEqual(figuresOf(grid([...some, other, untrained()], [probe])), [
    "lines x: size, color: pretrain",
  ]);
  assert.deepEqual(figuresOf(grid([...some, untrained()], [probe])), ["lines x: size"]);
});

Deno.test("fused encoders of one source stand beside those alone by their methods", () => {
  const own = simclr(source), other = moco(source);
  assert.deepEqual(figuresOf(grid([own, other, fuse(own, other)], [probe])), ["dots y: method"]);
});

Deno.test("a ladder of one corruption is an axis of its number, and several corruptions are words", () => {
  const rungs = [10, 30].map((quality) => simclr(source, { corruption: jpeg(quality) }));
  assert.deepEqual(figuresOf(grid([simclr(source), ...rungs], [probe])), [
    "lines x: corruption.quality",
  ]);
  const other = simclr(source, { corruption: { kind: "downsample", factor: 2 } });
  assert.deepEqual(figuresOf(grid([simclr(source), ...rungs, other], [probe])), [
    "dots y: corruption",
  ]);
});

Deno.test("two words are a heat map with tasks across, one word dots, three a map with panels", () => {
  const encoders = [simclr(source), moco(source)];
  assert.deepEqual(figuresOf(grid(encoders, [probe])), ["dots y: method"]);
  const tasks = [probe, linear("scenes"), linear("objects")];
  assert.deepEqual(figuresOf(grid(encoders, tasks)), ["heat x: on, y: method"]);
  const more = encoders.flatMap(({ method }) =>
    (["species", "scenes"] as const).map((role) =>
      (method === "moco" ? moco : simclr)(domain(role))
    )
  );
  assert.deepEqual(figuresOf(grid(more, tasks)), ["heat x: method, y: pretrain, panel: on"]);
});

Deno.test("a map that would be half empty is rows of dots", () => {
  const roles = ["species", "scenes", "objects", "aerial"] as const;
  const trials = roles.flatMap((role) => grid([supervised(domain(role))], [linear(role)]));
  assert.deepEqual(figuresOf(trials), ["dots y: pretrain"]);
  const sparse = [
    ...grid([simclr(domain("species"))], roles.map((role) => linear(role))),
    ...grid([simclr(domain("scenes"))], [probe]),
    ...grid([simclr(domain("objects"))], [probe]),
    ...grid([simclr(domain("aerial"))], [probe]),
  ];
  assert.deepEqual(figuresOf(sparse), ["dots y: pretrain and on"]);
});

Deno.test("levels are an axis of their own figure", () => {
  const levels = ["finest", "genus"];
  assert.deepEqual(figuresOf(grid([simclr(source), untrained()], [probe]), levels), [
    "dots y: method",
    "lines x: level, color: method",
  ]);
  assert.deepEqual(figuresOf(grid([simclr(source)], [probe]), levels), ["lines x: level"]);
});

Deno.test("nothing that varies asks for no figure, nor does what nobody could tell apart", () => {
  assert.deepEqual(figuresOf(grid([simclr(source)], [probe])), []);
  const many = Array.from(
    { length: 13 },
    (_, i) => simclr(source, { replica: i, training: { epochs: 5 } }),
  );
  const encoders = many.flatMap((one) => [
    one,
    moco(source, { replica: one.replica, training: { epochs: 5 } }),
  ]);
  assert.deepEqual(figuresOf(grid(encoders, counts)), []);
});

Deno.test("the default figures of the study's experiments would pass as declared ones", () => {
  for (const one of experiments) {
    const subjects = expand(one, mini, { seeds: 1 }).map((at) => subjectOf(at, "finest", null));
    const figures = defaultFigures(subjects);
    assert.deepEqual(figureMistakes({ ...one, figures }, () => one.id), [], one.id);
  }
});

Deno.test("a corruption is told in words wherever it is no axis", () => {
  const rungs = [10, 30].map((quality) => simclr(source, { corruption: jpeg(quality) }));
  assert.deepEqual(figuresOf(grid([simclr(source), ...rungs], counts.slice(0, 2))), [
    "lines x: corruption.quality, color: labels",
  ]);
  assert.deepEqual(figuresOf(grid([simclr(source), ...rungs], counts)), [
    "lines x: labels, color: corruption",
  ]);
});
