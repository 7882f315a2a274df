import humanizeDuration from "humanize-duration";

const words: (milliseconds: number, options: { readonly round: boolean }) => string =
  humanizeDuration.humanizer({
    language: "short",
    languages: { short: { h: () => "h", m: () => "min", s: () => "s" } },
    units: ["h", "m", "s"],
    largest: 2,
    delimiter: " ",
    maxDecimalPoints: 1,
  });

/** A time in the words of people: "0.4 s", "12 s", "3 min 20 s", "2 h 5 min". */
export function duration(seconds: number): string {
  // A tenth of a second says something of what takes a few.
  const tenths = Math.round(10 * seconds);
  return tenths < 100
    ? words(100 * tenths, { round: false })
    : words(1000 * seconds, { round: true });
}

/** A time that is not known well: "a minute", "25 minutes", "3 hours". */
export function roughly(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes <= 1) return "a minute";
  return minutes < 90 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}
