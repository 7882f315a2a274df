import assert from "node:assert/strict";
import { domain, experiment, linear, mini, simclr, trainingAt, trial } from "@/dsl/mod.ts";
import { methods } from "@/experiments/methods.ts";
import { methodName } from "@/reports/names.ts";
import { renderStudy } from "@/reports/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const sweep = experiment({
  id: "sweep",
  title: "A sweep",
  question: "What changes?",
  reference: "none",
  trials: [
    trial(simclr(domain("species")), linear("species")),
    trial(simclr(domain("species"), { training: { temperature: 0.5 } }), linear("species")),
  ],
});

/** The cells of a row of the settings, by the titles of their columns. */
function rowOf(page: string, path: string): ReadonlyMap<string, string> {
  const table = /<table class="settings cards stacked">[^]*?<\/table>/.exec(page)![0];
  const titles = [...table.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/g)].map(([, title]) =>
    title!
  );
  const row = table.split("<tr").find((one) => one.includes(`<code>${path}</code>`));
  assert.ok(row, `there is no row ${path}`);
  const cells = [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell!);
  return new Map(titles.slice(1).map((title, i) => [title, cells[i]!]));
}

Deno.test("the page has every setting of every method, under a name in its contents", async () => {
  await using input = await syntheticStudy([methods], {
    accuracy: () => 0.5,
    testImages: 40,
    beyond: true,
  });
  const page = await renderStudy(input);
  assert.match(page, /<li><a href="#settings">Settings of every method and probe<\/a><\/li>/);
  for (const name of ["simclr", "moco", "byol", "barlow", "vicreg", "simsiam", "dino"] as const) {
    const training = trainingAt(mini, name);
    for (const [setting, value] of Object.entries(training)) {
      if (typeof value !== "number") continue;
      const cell = rowOf(page, setting).get(methodName(name));
      assert.equal(cell?.replaceAll(",", ""), String(value), `${name}, ${setting}`);
    }
    const momentum = rowOf(page, "views.augmentation.flip").get(methodName(name));
    assert.equal(momentum, String(training.views[0].augmentation.flip));
  }
  assert.equal(rowOf(page, "temperature").get("BYOL"), "–");
  assert.equal(
    rowOf(page, "learningRates").get("training from scratch"),
    mini.finetune.learningRates.join(", "),
  );
  assert.ok(page.includes("Every training and every probe of this study has these settings."));
});

Deno.test("the page has what a trial changes beside what it takes the place of", async () => {
  await using input = await syntheticStudy([sweep], { accuracy: () => 0.5, testImages: 40 });
  const page = await renderStudy(input);
  const { temperature } = trainingAt(mini, "simclr");
  assert.match(
    page,
    new RegExp(
      `<th scope="row">SimCLR</th><td[^>]*><div>temperature 0.5, in place of ${temperature}</div></td>` +
        `<td[^>]*><a href="#sweep">sweep</a></td>`,
    ),
  );
});
