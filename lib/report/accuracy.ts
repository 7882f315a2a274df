import { percent, percentRange } from "@/lib/report/format.ts";
import { markup } from "@/lib/report/html.ts";
import { rowId } from "@/lib/report/provenance.ts";
import type { TableCell } from "@/lib/report/table.ts";
import type { Estimate, EstimatedCell } from "@/lib/results/mod.ts";

/** An accuracy of ours, the paper's, or both, and what is marked about it. */
export interface Accuracy {
  readonly ours: (Estimate & { readonly cell: EstimatedCell }) | undefined;
  readonly paper: number | undefined;
  readonly inDomain?: boolean;
  readonly best?: boolean;
}

/** A table's cell: ours as a link to its rows, the interval, and the paper's value beneath; a mark is in words too. */
export function accuracyCell({ ours, paper, inDomain, best }: Accuracy): TableCell {
  const value = ours === undefined
    ? markup`<span class="value note">–</span>`
    : markup`<a class="value" href="#${rowId(ours.cell.rows[0]!)}">${percent(ours.value)}</a>`;
  const interval = ours && markup`<span class="interval">${percentRange(ours.interval)}</span>`;
  const theirs = paper !== undefined &&
    markup`<span class="paper">paper ${percent(paper)}</span>`;
  const marks = [inDomain ? "in-domain" : "", best ? "best of the column" : ""].filter(Boolean);
  const spoken = marks.length > 0 && markup`<span class="hidden">${marks.join(", ")}</span>`;
  return {
    classes: ["number", inDomain ? "own" : "", best ? "best" : ""].filter(Boolean).join(" "),
    content: [value, interval, theirs, spoken],
  };
}
