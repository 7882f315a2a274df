import { count, listing } from "@/lib/report/mod.ts";
import type { DerivedNumber, Estimate } from "@/lib/results/mod.ts";
import type { AdviceFacts } from "@/reports/advice_facts.ts";

type Told = readonly [what: string, estimate: Estimate | undefined];

/** The differences that the advice tells, as `figures.csv` has them. */
export function adviceNumbers(facts: AdviceFacts): readonly DerivedNumber[] {
  const { ranking, ways, own, scratch, finetuned, tunedOwn, labels, pair, quality } = facts;
  const first = ranking[0]?.name;
  const told: readonly Told[] = [
    ...ways.map(({ name, behind }): Told => [`of all ways: ${ways[0]!.name} over ${name}`, behind]),
    ...ranking.map(({ name, behind }): Told => [`of encoders: ${first} over ${name}`, behind]),
    ...(own?.gains ?? []).map(({ images, gain }): Told => [
      `pretraining on ${count(images)} of your images over the best without it`,
      gain,
    ]),
    ["expected of ten times as many labels over all", labels?.gain],
    [`all labels over ${labels?.last?.from}`, labels?.last?.gain],
    ...(scratch ?? []).map((one): Told => [
      `a linear classifier on ${first} over training from scratch, ${count(one.labels)} labels`,
      one.gain,
    ]),
    [`fine-tuning ${finetuned?.name} over its linear classifier`, finetuned?.gain],
    ...(tunedOwn?.gains ?? []).map((one): Told => [
      `fine-tuning ${tunedOwn!.name} over training from scratch, ${count(one.labels)} labels`,
      one.gain,
    ]),
    [`${listing(pair?.names ?? [])} side by side over ${first}`, pair?.gain],
    ...(quality?.costs ?? []).map(({ kind, cost }): Told => [
      `${quality!.encoder} on good test images over ${kind}`,
      cost,
    ]),
  ];
  return told.flatMap(([what, estimate]) =>
    estimate === undefined
      ? []
      : [{ figure: "The advice", what, value: estimate.value, ...estimate.interval }]
  );
}
