// Wrong declarations must not compile: each `@ts-expect-error` fails the type check when its line would compile.
import assert from "node:assert/strict";
import { oneView, smallViews } from "@/dsl/augmentations.ts";
import {
  type AnyTraining,
  best,
  type ByolTraining,
  claim,
  clean,
  domain,
  downsample,
  experiment,
  figure,
  fuse,
  grid,
  linear,
  mean,
  methods,
  type MethodSpec,
  type MocoTraining,
  perClass,
  pool,
  role,
  simclr,
  type SimclrTraining,
  supervised,
  trial,
  untrained,
} from "@/dsl/mod.ts";

/** Never called: only the compiler reads it. */
export function wrongDeclarations(training: SimclrTraining): void {
  // @ts-expect-error a role that is neither the paper's nor made by role()
  domain("spiecies", "1M");
  // @ts-expect-error a size that the paper does not have
  domain("species", "2M");
  // @ts-expect-error a pool is made of domains, not of names
  pool("species", "scenes");
  // @ts-expect-error a factor that the paper does not have
  downsample(3);
  // @ts-expect-error an encoder needs its source as a domain
  simclr("species");
  // @ts-expect-error an untrained encoder has no source
  untrained(domain("species"));
  // @ts-expect-error a corruption is made by its constructor
  supervised(domain("species"), { corruption: "jpeg" });
  // @ts-expect-error settings that lack what their method needs
  ({ ...methods.supervised.recipes.mini, method: "moco" }) satisfies AnyTraining;
  // @ts-expect-error one method's settings for another's
  training satisfies MocoTraining;
  // @ts-expect-error SimCLR sees two views of an image
  ({ ...training, views: oneView(smallViews) }) satisfies SimclrTraining;
  // @ts-expect-error a method has a recipe at every scale
  ({ ...methods.byol, recipes: { mini: methods.byol.recipes.mini } }) satisfies MethodSpec<
    ByolTraining
  >;
  // @ts-expect-error a factor that does not exist
  figure.lines({ x: "temperature" });
  // @ts-expect-error a setting that no method has
  figure.lines({ x: "training.heat" });
  // @ts-expect-error lines stand along something
  figure.lines({ color: "method" });
  // @ts-expect-error a place that dots do not have
  figure.dots({ y: "method", x: "labels" });
  figure.heat({
    x: "training.optimizer.weightDecay",
    y: ["corruption.quality", "settings.penalties"],
  });
  // @ts-expect-error a budget that does not exist
  simclr(domain("species"), { budget: "hours" });
  // @ts-expect-error a setting stands under training
  simclr(domain("species"), { temperature: 0.5 });
  // @ts-expect-error one method's setting for another's
  simclr(domain("species"), { training: { queue: 64 } });
  // @ts-expect-error what has parts is given whole
  simclr(domain("species"), { training: { head: { hidden: 8 } } });
  // @ts-expect-error a method is not a setting of itself
  simclr(domain("species"), { training: { method: "simclr" } });
  // @ts-expect-error a network is made by its constructor
  untrained({ network: "resnet-18" });
  // @ts-expect-error as many a class are labels, and no images to pretrain on
  domain("species", perClass(5));
  // @ts-expect-error a built-in scale has another name
  trial(untrained(), linear("species"), { scale: "huge" });
  // @ts-expect-error a probe's setting that it does not have
  linear("species", { settings: { neighbours: [5] } });
  // @ts-expect-error no method has such a setting
  mean({ training: { temprature: 0.5 } });
  // @ts-expect-error a fusion needs two encoders
  fuse(untrained());
  // @ts-expect-error a probe is on a role
  linear(domain("species"));
  // @ts-expect-error a grid is of representations and probes, in this order
  grid([linear("species")], [untrained()]);
  // @ts-expect-error a selection has no such field
  mean({ metod: "simclr" });
  // @ts-expect-error a claim needs both sides of its contrast
  claim({ id: "x", statement: "x", left: best({ on: "species" }) });
  // @ts-expect-error an experiment needs its question
  experiment({
    id: "x",
    title: "x",
    reference: "x",
    trials: [trial(untrained(), linear("species"))],
  });
  // @ts-expect-error declarations cannot be changed
  clean().kind = "jpeg";
  // @ts-expect-error nor can their parts
  domain("species").size = "1M";
}

Deno.test("a role of one's own compiles where a role is wanted", () => {
  assert.equal(linear(role("plankton")).on, "plankton");
});
