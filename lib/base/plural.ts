/** A number with its noun: "1 step", "2,000 steps", "2 processes". */
export function plural(value: number, noun: string): string {
  const ending = value === 1 ? "" : noun.endsWith("s") ? "es" : "s";
  return `${value.toLocaleString("en-US")} ${noun}${ending}`;
}
