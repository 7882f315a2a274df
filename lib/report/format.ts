import type { Interval } from "@/lib/results/mod.ts";

/** An accuracy of 0 to 1 in percent with one decimal: "49.3". */
export function percent(value: number): string {
  return signed(100 * value, "");
}

/** A difference of accuracies in points, with its sign: "+12.0", "−0.4". */
export function points(value: number): string {
  return signed(100 * value, "+");
}

/** A threshold in points, without decimals that say nothing: "0", "+5", "−2.5". */
export function threshold(value: number): string {
  return points(value).replace(/\.0$/, "");
}

/** A p-value: "0.03", "< 0.001". */
export function pValue(value: number): string {
  if (value < 0.001) return "< 0.001";
  return value < 0.1 ? value.toFixed(3) : value.toFixed(2);
}

/** An interval of accuracies: "41.0–45.2". */
export function percentRange({ low, high }: Interval): string {
  return `${percent(low)}–${percent(high)}`;
}

/** An interval of differences: "−0.4 to +3.1". */
export function pointsRange({ low, high }: Interval): string {
  return `${points(low)} to ${points(high)}`;
}

/** A count with its thousands set apart: "1,500". */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** Words in a row: "a", "a and b", "a, b and c". */
export function listing(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** A text as an id or a fragment: letters, digits and hyphens. */
export function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}

/** A number with one decimal, a real minus sign, and never a minus before nothing. */
function signed(value: number, plus: string): string {
  const text = Math.abs(value).toFixed(1);
  if (text === "0.0") return text;
  return `${value < 0 ? "−" : plus}${text}`;
}
