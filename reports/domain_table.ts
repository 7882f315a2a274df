import { from, op } from "arquero";
import { type Accuracy, count } from "@/lib/report/mod.ts";
import {
  type EstimatedCell,
  type ExperimentResults,
  paperValueFor,
  type Subject,
} from "@/lib/results/mod.ts";
import { methodName, paperName } from "@/reports/names.ts";

/** A number of the table, ours and the paper's where there is one; best is the highest among the contrastive rows. */
export type DomainCell = Required<Accuracy>;

/** Pretraining domains by evaluation domains. */
export interface DomainTable {
  readonly columns: readonly { readonly role: string; readonly classes: number | undefined }[];
  readonly rows: readonly {
    readonly title: string;
    readonly note: string;
    readonly contrastive: boolean;
    /** One a column. */
    readonly cells: readonly DomainCell[];
  }[];
}

/** Lays out the conditions of an experiment as Table 1 has them: supervised networks in one row, untrained ones last. */
export function domainTable(results: ExperimentResults): DomainTable {
  const { cells, absent, experiment } = results;
  const subjects = [...cells.map((cell) => cell.subject), ...absent];
  const order = columnOrder(results, subjects);
  const best = bestOfColumns(cells);
  const names = [...new Set(subjects.map(rowName))].sort((a, b) => rank(a, order) - rank(b, order));
  return {
    columns: order.map((role) => ({
      role,
      classes: cells.find((cell) => cell.subject.on === role)?.rows[0]?.classes,
    })),
    rows: names.map((name) => {
      const own = cells.filter((cell) => rowName(cell.subject) === name);
      const some = subjects.find((subject) => rowName(subject) === name)!;
      return {
        ...rowTitle(some, own),
        contrastive: isContrastive(some),
        cells: order.map((role): DomainCell => {
          const cell = own.find(({ subject }) => subject.on === role);
          const subject = cell?.subject ??
            absent.find((one) => one.on === role && rowName(one) === name);
          return {
            ours: cell === undefined ? undefined : { ...cell.estimate, cell },
            paper: subject === undefined
              ? undefined
              : paperValueFor(experiment.paper, subject)?.value,
            inDomain: isContrastive(some) && some.pretrain === role,
            best: cell !== undefined && best.has(cell.subject.condition),
          };
        }),
      };
    }),
  };
}

/** Evaluation domains in the order of the declaration, absent ones too. */
function columnOrder(
  { experiment }: ExperimentResults,
  subjects: readonly Subject[],
): readonly string[] {
  const measured = new Set(subjects.map((subject) => subject.on));
  const declared = experiment.trials.map((trial) => trial.probe.on);
  return [...new Set<string>(declared)].filter((role) => measured.has(role));
}

function isContrastive({ method }: Subject): boolean {
  return method !== "supervised" && method !== "none";
}

/** The row that a subject belongs to. */
function rowName({ method, pretrain }: Subject): string {
  return method === "supervised" || method === "none" ? method : `${method}:${pretrain}`;
}

/** Contrastive rows in the order of the columns, then supervised, then untrained. */
function rank(name: string, order: readonly string[]): number {
  if (name === "none") return Infinity;
  if (name === "supervised") return 1e6;
  const at = order.indexOf(name.split(":")[1]!);
  return at < 0 ? 1e5 : at;
}

function rowTitle(
  { method, pretrain, sizes }: Subject,
  cells: readonly EstimatedCell[],
): { readonly title: string; readonly note: string } {
  if (method === "none") return { title: "Untrained", note: "initial weights; not in the paper" };
  const images = cells.flatMap(({ rows }) => rows.map((row) => row.pretrain_images));
  const counted = images.length === 0 ? "" : `, ${spanOf(images)} images`;
  if (method === "supervised") {
    return { title: "Supervised", note: `all labels of the column’s task${counted}` };
  }
  const stands = paperName(pretrain) ?? "not in the paper";
  return {
    title: pretrain,
    note: `${methodName(method)}, ${sizes.join("+")}${counted}; ${stands}`,
  };
}

/** One number where all are equal, else the smallest and the largest. */
function spanOf(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? count(low) : `${count(low)} to ${count(high)}`;
}

/** The names of the contrastive conditions that nothing in their column exceeds. */
function bestOfColumns(cells: readonly EstimatedCell[]): ReadonlySet<string> {
  const values = cells.filter(({ subject }) => isContrastive(subject)).map((cell) => ({
    condition: cell.subject.condition,
    on: cell.subject.on,
    value: cell.estimate.value,
  }));
  if (values.length === 0) return new Set();
  const highest = from(values).groupby("on")
    .filter((d: (typeof values)[number]) => d.value === op.max(d.value as never))
    .array("condition") as string[];
  return new Set(highest);
}
