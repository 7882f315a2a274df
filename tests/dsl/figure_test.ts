import assert from "node:assert/strict";
import { domain, experiment, factorNames, figure, linear, simclr, trial } from "@/dsl/mod.ts";

Deno.test("figures are frozen plain data with every place written out", () => {
  const made = figure.lines({ x: "labels", color: "method", where: { on: "species" } });
  assert.deepEqual(made, {
    figure: "lines",
    where: { on: "species" },
    x: ["labels"],
    y: [],
    color: ["method"],
    panel: [],
  });
  assert.ok(Object.isFrozen(made.where));
  assert.deepEqual(figure.heat({ x: "on", y: ["method", "size"], title: "t" }).y, [
    "method",
    "size",
  ]);
  assert.equal(figure.heat({ x: "on", y: "method", title: "t" }).title, "t");
  assert.deepEqual(figure.dots({ y: "method", panel: "on" }).panel, ["on"]);
});

Deno.test("a table without factors is one of all conditions by level", () => {
  const { x, y, where } = figure.table();
  assert.deepEqual([x, y, where], [["level"], [], {}]);
  assert.deepEqual(figure.table({ y: "method" }).x, []);
});

Deno.test("an experiment has no figures unless it declares some", () => {
  const about = { id: "own", title: "t", question: "q", reference: "none" };
  const trials = [trial(simclr(domain("species")), linear("species"))];
  assert.deepEqual(experiment({ ...about, trials }).figures, []);
  const figures = [figure.table()];
  assert.deepEqual(experiment({ ...about, trials, figures }).figures, figures);
});

Deno.test("settings of every method and probe are factors, to the last part", () => {
  for (
    const name of [
      "training.optimizer.beta1",
      "training.head.layers",
      "training.queue",
      "settings.epochs",
      "network.width",
    ]
  ) assert.ok(factorNames.some((one) => one === name), name);
  assert.equal(new Set(factorNames).size, factorNames.length);
});
