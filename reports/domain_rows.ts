import { type AccuracyRow, accuracyRows, count } from "@/lib/report/mod.ts";
import {
  type ExperimentResults,
  isFloorName,
  type Subject,
  unlabelledMethods,
} from "@/lib/results/mod.ts";
import { methodName, paperName } from "@/reports/names.ts";

/** An accuracy of Table 1, and where it stands. */
export interface DomainRow extends AccuracyRow {
  /** Its line: pretrained on a domain, supervised on the column's, or untrained. */
  readonly title: string;
  readonly contrastive: boolean;
  readonly inDomain: boolean;
  /** Whether no other contrastive pretraining exceeds it in its column. */
  readonly best: boolean;
}

/** The conditions of an experiment as Table 1 has them: by line, supervised networks in one, untrained ones last. */
export function domainRows(results: ExperimentResults): readonly DomainRow[] {
  const rows = accuracyRows(results), order = columnOrder(results);
  const highest = new Map(order.map((on) => [on, highestOf(rows, on)]));
  return rows.map((row): DomainRow => {
    const { method, pretrain, on } = row.subject;
    const contrastive = isContrastive(row.subject);
    return {
      ...row,
      title: contrastive ? pretrain : row.subject.checkpoint ?? methodName(method),
      contrastive,
      inDomain: contrastive && pretrain === on,
      best: contrastive && row.cell !== undefined && row.cell.estimate.value === highest.get(on),
    };
  }).toSorted((a, b) => rank(a, order) - rank(b, order));
}

/** Evaluation domains in the order of the declaration, absent ones too. */
export function columnOrder({ experiment, cells, absent }: ExperimentResults): readonly string[] {
  const measured = new Set([...cells.map(({ subject }) => subject), ...absent].map(({ on }) => on));
  const declared = experiment.trials.map((trial) => trial.probe.on);
  return [...new Set<string>(declared)].filter((role) => measured.has(role));
}

/** What a line's networks were trained on, in a few words. */
export function noteOf(rows: readonly DomainRow[]): string {
  const { method, pretrain, sizes, network, checkpoint } = rows[0]!.subject;
  if (method === "none") return "initial weights; not in the paper";
  if (checkpoint !== undefined) return `${network}, trained by others; not in the paper`;
  if (isFloorName(method)) return "no network; not in the paper";
  const images = rows.flatMap(({ cell }) => cell?.rows ?? []).map((row) => row.pretrain_images);
  const counted = images.length === 0 ? "" : `, ${spanOf(images)} images`;
  if (method === "supervised") return `all labels of the column’s task${counted}`;
  const stands = paperName(pretrain) ?? "not in the paper";
  return `${methodName(method)}, ${sizes.join("+")}${counted}; ${stands}`;
}

function isContrastive({ method }: Subject): boolean {
  return unlabelledMethods.some((name) => name === method);
}

/** Contrastive lines in the order of the columns, then supervised, then what is not trained. */
function rank({ contrastive, subject }: DomainRow, order: readonly string[]): number {
  if (!contrastive) return order.length + (subject.method === "supervised" ? 1 : 2);
  const at = order.indexOf(subject.pretrain);
  return at < 0 ? order.length : at;
}

function highestOf(rows: readonly AccuracyRow[], on: string): number {
  const own = rows.filter(({ subject }) => subject.on === on && isContrastive(subject));
  return Math.max(...own.map(({ cell }) => cell?.estimate.value ?? -Infinity));
}

/** One number where all are equal, else the smallest and the largest. */
function spanOf(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? count(low) : `${count(low)} to ${count(high)}`;
}
