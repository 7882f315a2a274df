import { percent, points, threshold } from "@/lib/report/format.ts";
import { type Html, markup } from "@/lib/report/html.ts";
import type { Claim, Contrast, Verdict } from "@/lib/results/mod.ts";

type Term = Contrast["term"];

/** In what a contrast's numbers are told: points of accuracy, percent (of classes, or of another number), or logits. */
export type ClaimUnit = "points" | "percent" | "logits";

/** The unit of a term. */
export function unitOf(term: Term): ClaimUnit {
  switch (term.take) {
    case "difference":
      return unitOf(term.left);
    case "share":
    case "ratio":
      return "percent";
    case "logit":
      return "logits";
    default:
      return "points";
  }
}

/** The unit of a claim: that of its contrasts. */
export function claimUnit({ contrasts }: Claim): ClaimUnit {
  return unitOf(contrasts[0]!.term);
}

/** A value in its unit. */
export function claimValue(value: number, unit: ClaimUnit): string {
  if (unit === "points") return points(value);
  if (unit === "percent") return `${percent(value)} %`;
  const text = Math.abs(value).toFixed(2);
  return Number(text) === 0 ? text : `${value < 0 ? "−" : "+"}${text}`;
}

/** Where a contrast's value must lie: "above 0", "within ±2". */
export function border({ term, direction, threshold: at }: Contrast): string {
  if (direction === "within") return `within ±${threshold(at).replace("+", "")}`;
  return `${direction} ${unitOf(term) === "percent" ? `${percent(at)} %` : threshold(at)}`;
}

/** How a verdict looks. */
export const verdictLooks: Readonly<
  Record<Verdict, { readonly sign: string; readonly classes: string }>
> = {
  "holds": { sign: "✓", classes: "good" },
  "does not hold": { sign: "✗", classes: "bad" },
  "undecided": { sign: "?", classes: "open" },
  "not testable at this budget": { sign: "–", classes: "none" },
  "needs two seeds": { sign: "–", classes: "none" },
  "not testable here": { sign: "–", classes: "none" },
  "not measured": { sign: "–", classes: "none" },
};

/** A verdict with its sign and colour, in other words where there is less room. */
export function verdictMark(verdict: Verdict, words: string = verdict): Html {
  const { sign, classes } = verdictLooks[verdict];
  return markup`<span class="verdict ${classes}"><span aria-hidden="true">${sign}</span> ${words}</span>`;
}
