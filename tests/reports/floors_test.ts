import assert from "node:assert/strict";
import {
  claim,
  colours,
  type Condition,
  difference,
  domain,
  experiment,
  fuse,
  gradients,
  grid,
  linear,
  mean,
  pixels,
  simclr,
} from "@/dsl/mod.ts";
import { readStudy, rowLines } from "@/lib/results/mod.ts";
import { renderStudy } from "@/reports/mod.ts";
import { readTags } from "@/tests/report/markup.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const floors = experiment({
  id: "floors",
  title: "Over the floors",
  question: "What does a network give that pixels, colours and edges do not?",
  reference: "none",
  trials: grid([
    simclr(domain("species", "50k")),
    pixels(),
    pixels({ side: 8 }),
    colours(),
    gradients(),
    fuse(colours(), gradients()),
  ], [linear("species")]),
  claims: [
    claim({
      id: "above-gradients",
      statement: "50k images give more than 1 point over gradients",
      term: difference(mean({ method: "simclr" }), mean({ method: "gradients" })),
      threshold: 0.01,
    }),
    claim({
      id: "above-few-pixels",
      statement: "Gradients give more than 8 x 8 pixels",
      term: difference(
        mean({ method: "gradients" }),
        mean({ method: "pixels", network: pixels({ side: 8 }).network! }),
      ),
    }),
  ],
});

const accuracy = ({ encoders: [encoder] }: Condition) => encoder!.method === "simclr" ? 0.6 : 0.2;
const options = { accuracy, seeds: 3, testImages: 400 };

Deno.test("the rows of floors say what they are and that nothing trained them", async () => {
  await using input = await syntheticStudy([floors], options);
  const rows = rowLines(await readStudy(input)).filter(({ seed }) => seed === 1);
  assert.deepEqual(
    rows.map((row) => [row.method, row.network, row.pretrain_domain, row.pretrain_images]),
    [
      ["simclr", "ResNet 1-1-1 width 16", "species", 220],
      ["pixels", "16 x 16 pixels", "none", 0],
      ["pixels", "8 x 8 pixels", "none", 0],
      ["colours", "8 x 8 x 8 colours", "none", 0],
      ["gradients", "9 directions, cells of 8 px, blocks of 2, up to 64 px", "none", 0],
      [
        "colours & gradients",
        "8 x 8 x 8 colours & 9 directions, cells of 8 px, blocks of 2, up to 64 px",
        "none & none",
        0,
      ],
    ],
  );
});

Deno.test("the page names floors in words, in its figures and in what differs from the paper", async () => {
  await using input = await syntheticStudy([floors], options);
  const page = await renderStudy(input);
  readTags(page);
  for (const name of ["Raw pixels", "Colour histogram", "Oriented gradients"]) {
    assert.ok(page.split(name).length > 2, name);
  }
  assert.match(page, /Features without a network.*Raw pixels: 16 x 16 pixels; Raw pixels: 8 x 8/s);
  const verdict = (id: string) =>
    new RegExp(`id="verdict-floors-${id}".*?</tr>`, "s").exec(page)![0].replace(/<[^>]*>/g, " ");
  assert.match(verdict("above-gradients"), /✓ *holds/);
  assert.match(verdict("above-few-pixels"), /undecided|does not hold/);
});
