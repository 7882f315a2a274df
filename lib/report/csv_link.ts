import { from, toCSV } from "arquero";
import { type Html, markup } from "@/lib/report/html.ts";

/** A line of a small table of numbers; all of a table have the same names. */
export type CsvLine = Readonly<Record<string, string | number | null>>;

/** A link that saves numbers out of the page, without a server, a network or a script. */
export function csvLink(name: string, lines: readonly CsvLine[]): Html {
  const href = `data:text/csv;charset=utf-8,${inAddress(toCSV(from(lines.map(shortened))))}`;
  return markup`<a class="csv" download="${name}" href="${href}" aria-label="Download ${name}">CSV</a>`;
}

/** Numbers with the six digits that are more than anything here is known to. */
function shortened(line: CsvLine): CsvLine {
  return Object.fromEntries(
    Object.entries(line).map(([name, value]) => [
      name,
      typeof value === "number" ? Number(value.toPrecision(6)) : value,
    ]),
  );
}

/** A text as it may stand in an address; it is shorter than in base64, as commas and digits stay. */
export function inAddress(text: string): string {
  return encodeURIComponent(text).replace(/%2C|%3A|%2B|%2F|%3D|%3B/g, decodeURIComponent);
}
