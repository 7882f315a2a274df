import assert from "node:assert/strict";
import type { Estimate } from "@/lib/results/mod.ts";
import { waysFigure } from "@/reports/ways_figure.ts";

const about = (value: number, reach: number): Estimate => ({
  value,
  interval: { low: value - reach, high: value + reach },
  seeds: 2,
});

Deno.test("the table of all ways says how far each is behind, so that a minus is not taken for a dash", async () => {
  const { markup } = await waysFigure([
    { name: "fine-tuning dino", estimate: about(0.8, 0.02), isPlain: false },
    { name: "raw pixels", estimate: about(0.79, 0.02), isPlain: true, behind: about(0.01, 0.03) },
  ]).draw();
  const words = markup.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
  assert.match(
    words,
    /fine-tuning dino 80\.0 78\.0–82\.0 – raw pixels 79\.0 77\.0–81\.0 1\.0 −2\.0 to 4\.0/,
  );
});
