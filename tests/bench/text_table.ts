/** The lines of a table in plain text: headings, then the rows, which all have the same columns. */
export function textTable(rows: readonly Readonly<Record<string, string>>[]): string[] {
  const headings = Object.keys(rows[0] ?? {});
  const lines = [headings, ...rows.map((row) => headings.map((heading) => row[heading]!))];
  const widths = headings.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  return lines.map((line) => line.map((cell, i) => cell.padEnd(widths[i]!)).join("  ").trimEnd());
}
