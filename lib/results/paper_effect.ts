import type { Claim, Contrast } from "@/dsl/mod.ts";
import { meanOf } from "@/lib/results/interval.ts";

/**
 * The paper's value of what a claim says as one number, as far as its contrasts have one: their mean, or, of several that
 * must all lie where they are said to, the one that lies worst.
 */
export function paperEffect({ means, contrasts }: Claim): number | null {
  const known = contrasts.flatMap((one) => one.paper === null ? [] : [{ one, paper: one.paper }]);
  if (known.length === 0) return null;
  if (means === "mean") return meanOf(known.map(({ paper }) => paper));
  return known.reduce((a, b) => margin(a.one, a.paper) <= margin(b.one, b.paper) ? a : b).paper;
}

/** How far inside its border a value lies. */
function margin({ direction, threshold }: Contrast, value: number): number {
  if (direction === "within") return threshold - Math.abs(value);
  return direction === "above" ? value - threshold : threshold - value;
}
