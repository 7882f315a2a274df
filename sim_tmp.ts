import { experiments } from "@/experiments/mod.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { judge } from "@/lib/results/judge.ts";
import type { Condition } from "@/dsl/mod.ts";
import { randomAt } from "@/lib/base/random.ts";
import { simulateStudy, trueValue, withThresholds } from "@/tests/results/simulated_study.ts";
const [seedsText, studiesText, mode, lt, lp, un, imgs] = Deno.args;
const hash = (s: string) => parseInt(sha256(s).slice(0, 8), 16) / 2 ** 32;
const truth = (c: Condition, level: number) => {
  if (mode === "equal") return c.encoders[0]!.method === "none" && c.probe.kind === "linear" && c.encoders.length === 1 ? 0.15 : 0.3 + 0.1 * level;
  const base = hash(JSON.stringify([c.encoders.map(({ method, sources, corruption, budget, replica }) => [method, sources, corruption, budget, replica]), c.probe.kind, c.probe.labels]));
  return (c.encoders[0]!.method === "none" && c.probe.kind === "linear" && c.encoders.length === 1 ? 0.1 : 0.2 + 0.3 * base) + 0.12 * level;
};
const seeds = Number(seedsText), studies = Number(studiesText);
const truths = new Map(experiments.flatMap((e) => e.claims.flatMap((c) => c.contrasts.map((k) => [k.id, trueValue(k, e, truth)] as const))));
const declared = withThresholds(experiments, (k, claim) => {
  const shift = mode === "lfc" && claim.means === "all" && k !== claim.contrasts[0] ? 0.2 : 0;
  const own = claim.means === "mean" ? claim.contrasts.reduce((s, o) => s + truths.get(o.id)!, 0) / claim.contrasts.length : truths.get(k.id)!;
  if (k.term.take === "share") return 0.5;
  if (k.direction === "within") return Math.max(0.005, Math.abs(own) + shift);
  return k.direction === "above" ? own - shift : own + shift;
});
const families = { paper: 19, own: experiments.flatMap((e) => e.claims).filter((c) => c.number === undefined).length };
let wrong = 0, wrongOwn = 0; const per = new Map<string, number>();
let started = performance.now();
let pmins: number[] = [];
for (let i = 0; i < studies; i++) {
  const asked = simulateStudy(declared, { seeds, testImages: Number(imgs ?? 600), luckOfTraining: Number(lt ?? 0.1), luckOfProbe: Number(lp ?? 0.05), unlikeness: Number(un ?? 2), truth }, randomAt(5, "sim" + mode + seeds, i));
  const { judgements } = judge(asked.map((a) => ({ ...a, failed: [] })), { families });
  const bad = judgements.filter((j) => j.verdict === "holds" || j.verdict === "does not hold");
  for (const j of judgements) if (j.effect && j.claim.means === "mean" && j.claim.contrasts.length > 1) pmins.push(Math.min(j.effect.pHolds, j.effect.pFails));
  for (const b of bad) per.set(b.claim.id + " " + b.verdict, (per.get(b.claim.id + " " + b.verdict) ?? 0) + 1);
  wrong += Number(bad.some((b) => b.claim.number !== undefined));
  wrongOwn += Number(bad.some((b) => b.claim.number === undefined));
}
console.log({ seeds, mode, lt, lp, un, wrong: wrong / studies, wrongOwn: wrongOwn / studies, perStudy: (performance.now() - started) / studies });
console.log("mean claims: share of p below .005, .025, .05:", [0.005, 0.025, 0.05].map((t) => pmins.filter((p) => p < t).length / pmins.length));
console.log([...per]);
