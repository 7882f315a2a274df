/**
 * Lines of a table in columns, indented, the first of them its titles.
 *
 * @param rows Cells in the order of the titles.
 * @param options `numbers`: the titles of columns that end at the right.
 */
export function textTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  { numbers }: { readonly numbers: readonly string[] },
): readonly string[] {
  const widths = titles.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => row[i]!.length))
  );
  return [titles, ...rows].map((cells) => {
    const columns = cells.map((cell, i) =>
      numbers.includes(titles[i]!) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)
    );
    return `  ${columns.join("  ")}`.trimEnd();
  });
}
