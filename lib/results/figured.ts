import {
  type Channel,
  type Condition,
  type DeclaredFigure,
  each,
  type FactorName,
  type Selection,
} from "@/dsl/mod.ts";
import { factorOf, none } from "@/lib/results/factors.ts";
import { matches } from "@/lib/results/select.ts";
import { encoderFields, type OpenSelection } from "@/lib/results/selected.ts";
import { encodersOf, type Subject, subjectOf } from "@/lib/results/subject.ts";

/** All factors of a figure. */
export function factorsOf({ x, y, color, panel }: DeclaredFigure): readonly FactorName[] {
  return [...x, ...y, ...color, ...panel];
}

const anyEncoder = { budget: each, replica: each, training: each, network: each } as const;
const anyCondition = { ...anyEncoder, settings: each, scale: each, images: each } as const;

/**
 * What a figure's selection means: fields that are left out mean every value, but for the level; and where it says nothing of
 * encoders, fusions are meant as well.
 */
export function meantBy(where: OpenSelection): OpenSelection {
  const { with: other } = where;
  const isOfAll = other === undefined && encoderFields.every((field) => where[field] === undefined);
  return {
    ...anyCondition,
    ...where,
    ...other && { with: { ...anyEncoder, ...other } },
    ...isOfAll && { anyFusion: true },
  };
}

/** Whether a figure shows a subject. */
export function shows(figure: DeclaredFigure, subject: Subject): boolean {
  const { where } = figure;
  const level = where.level ?? (factorsOf(figure).includes("level") ? subject.level : "finest");
  const { anyFusion, anyLevel: _, ...asked } = meantBy({ ...where, level });
  return matches(asked, anyFusion ? { ...subject, others: [] } : subject);
}

/** Whether a figure shows a condition, at whatever level of the label tree. */
export function showsCondition(figure: DeclaredFigure, condition: Condition): boolean {
  const level = "finest", where = { ...figure.where, level };
  return shows({ ...figure, where }, subjectOf(condition, level, null));
}

/** What a subject has of a factor, in a word that tells apart what has none of it. */
export function wordOf(name: FactorName, subject: Subject): string {
  const { valueOf, insteadOf } = factorOf(name);
  const value = valueOf(subject);
  return `${value === none ? insteadOf(subject) : value}`;
}

/** Where a figure shows a subject. */
export type FigurePlace = Readonly<Record<Channel, readonly string[]>>;

/** Where a figure shows a subject: what it has of each of its factors. */
export function placeOf({ x, y, color, panel }: DeclaredFigure, subject: Subject): FigurePlace {
  const words = (names: readonly FactorName[]) => names.map((name) => wordOf(name, subject));
  return { x: words(x), y: words(y), color: words(color), panel: words(panel) };
}

/** Which conditions a figure is about, in words: what its selection says of anything that is no factor of it. */
export function whereTold(figure: DeclaredFigure, subjects: readonly Subject[]): string {
  const { where } = figure;
  const own = new Set(factorsOf(figure).map((name) => name.split(".")[0]));
  const shown = subjects.filter((subject) => shows(figure, subject));
  return (Object.keys(where) as (keyof Selection)[])
    .filter((field) => where[field] !== each && !own.has(field))
    .map((field) => {
      const words = new Set(shown.map((subject) => fieldOf(field, subject) || none));
      return `${field} ${[...words].join(" or ")}`;
    }).join(", ");
}

function fieldOf(field: keyof Selection, subject: Subject): string {
  switch (field) {
    case "training":
      return encodersOf(subject).map(({ changes }) => changes.text || none).join(" & ");
    case "checkpoint":
      return encodersOf(subject).map(({ checkpoint = none }) => checkpoint).join(" & ");
    case "settings":
      return subject.probeChanges.text;
    case "with":
      return subject.others.map(({ method, pretrain }) => `${method} of ${pretrain}`).join(" & ");
    default:
      return wordOf(field, subject);
  }
}

/** Whether a figure is a table of all its conditions. */
export function isOfConditions({ figure, y }: DeclaredFigure): boolean {
  return figure === "table" && y.length === 0;
}
