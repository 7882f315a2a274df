import {
  type Claim,
  each,
  type EncoderSelection,
  expand,
  type Experiment,
  type Granularity,
  type ScaleName,
  scaleOf,
  type Selection,
} from "@/dsl/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import { matches } from "@/lib/results/select.ts";
import { sidesOf } from "@/lib/results/sides.ts";
import { encodersOf, type EncoderSubject, type Subject, subjectOf } from "@/lib/results/subject.ts";

/** A trial as selections see it before any data is read. */
export interface DeclaredTrial {
  readonly subject: Subject;
  readonly granularity: Granularity;
}

/** A selection, and how it is told of. */
export interface Asked {
  readonly where: Selection;
  /** What its place is known by: a term or a check. */
  readonly declared: object;
  /** `claim "x", left side: mean()`. */
  readonly told: string;
  /** Whether its conditions become one number. */
  readonly isOne: boolean;
  /** Whether it may take what goes beyond the paper. */
  readonly isOfAll: boolean;
}

/**
 * What is wrong with the selections of an experiment's claims, checks and paper values: one that no trial fits, one that
 * takes trials beyond the paper for a claim, and one whose trials differ in what it does not name. What data alone can tell, as whether there is a level of a name, is let pass.
 *
 * @param placeOf Where something was declared.
 */
export function selectionMistakes(
  experiment: Experiment,
  placeOf: (declared: object) => string,
): readonly InputError[] {
  // What the command says, its scale and its seeds, is not selected by.
  const all = trialsAt("smoke", experiment);
  const own = all.slice(0, experiment.trials.length), beyond = all.slice(own.length);
  const paper = experiment.paper.map(({ where }, i): Asked => ({
    where,
    declared: experiment,
    told: `paper[${i}]`,
    isOne: true,
    isOfAll: true,
  }));
  return [...experiment.claims.flatMap(askedBy), ...paper].flatMap((asked) => {
    const { where, told, declared, isOfAll } = asked;
    const trials = isOfAll ? all : own;
    const chosen = trials.filter((trial) => fits(where, trial));
    const wrong = !isOfAll && beyond.some((trial) => fits(where, trial))
      ? beyondMistake
      : chosen.length === 0
      ? noneMistake(where, trials)
      : asked.isOne
      ? mixtureMistake(where, chosen.filter((trial) => surelyHas(where, trial)))
      : null;
    if (wrong === null) return [];
    return [new InputError(placeOf(declared), `${told} ${wrong.problem}`, wrong.remedy)];
  });
}

/** The trials of an experiment, those beyond the paper too, where a scale is the command's. */
export function trialsAt(scale: ScaleName, experiment: Experiment): readonly DeclaredTrial[] {
  return expand(experiment, scaleOf(scale), { seeds: 1, beyond: true }).map((condition) => ({
    subject: subjectOf(condition, "finest", null),
    granularity: condition.granularity,
  }));
}

/** The selections of a claim: of the sides of its contrasts, and of its checks. */
export function askedBy({ id, contrasts, checks }: Claim): readonly Asked[] {
  return [
    ...contrasts.flatMap((contrast) =>
      sidesOf(contrast.term).map(({ at, take, where, term }): Asked => {
        const own = contrasts.length === 1 ? "" : `, contrast "${contrast.id}"`;
        const side = at === "" ? "" : `, ${at} side`;
        return {
          where,
          declared: term,
          told: `claim "${id}"${own}${side}: ${take}()`,
          isOne: true,
          isOfAll: false,
        };
      })
    ),
    ...checks.map((check): Asked => ({
      where: check.where,
      declared: check,
      told: `claim "${id}": the check "${check.check}"`,
      isOne: false,
      isOfAll: false,
    })),
  ];
}

/** What is wrong with a selection, and what to do about it. */
export interface WrongSelection {
  readonly problem: string;
  readonly remedy: string;
}

const beyondMistake: WrongSelection = {
  problem: "selects trials of beyond, which are of no claim",
  remedy: "Name the values that are meant, or move those trials to trials",
};

/**
 * Which field leaves nothing: without it there would be something.
 *
 * @param meant What a selection means, where fields that are left out do not mean what they do in a claim.
 */
export function noneMistake(
  where: Selection,
  trials: readonly DeclaredTrial[],
  meant: (where: OpenSelection) => OpenSelection = (one) => one,
): WrongSelection {
  const problem = `selects none of the experiment's ${trials.length} trials`;
  // What is meant where nothing is written comes first: of that one does not think.
  const fields = (Object.keys(facets) as Field[])
    .toSorted((a, b) => Number(where[a] !== undefined) - Number(where[b] !== undefined));
  for (const field of fields) {
    const others = trials.filter((trial) => fits(meant(opened(where, field)), trial));
    if (others.length === 0) continue;
    const given = JSON.stringify(field === "scale" ? scaleNamesOf(where) : where[field]);
    const own = given === undefined
      ? `${field}, which is ${defaults[field] ?? "left out"},`
      : `${field} ${given}`;
    return {
      problem: `${problem}: ${own} excludes all`,
      remedy: `Correct it, or add a trial; the trials that fit otherwise have ${
        listed(valuesOf(field, others))
      }`,
    };
  }
  return {
    problem: `${problem}: none has all of ${JSON.stringify(where)}`,
    remedy: "Correct the selection, or add a trial that it fits",
  };
}

/** The scales of a selection by their names, in place of all that they are made of. */
function scaleNamesOf({ scale }: Selection): unknown {
  const nameOf = (one: unknown) =>
    typeof one === "object" && one !== null && "name" in one ? one.name : one;
  return Array.isArray(scale) ? scale.map(nameOf) : nameOf(scale);
}

/** In which fields the conditions of one number differ that it does not list or leave open. */
function mixtureMistake(where: Selection, chosen: readonly DeclaredTrial[]): WrongSelection | null {
  const mixed = [
    ...(Object.keys(facets) as Field[]).filter((field) => field !== "with" && field !== "level")
      .map((field) => ({
        field: field as string,
        own: where[field],
        values: valuesOf(field, chosen),
      })),
    ...encoderFields.map((field) => ({
      field: `with.${field}`,
      own: where.with?.[field],
      values: distinct(
        chosen.flatMap(({ subject }) => {
          const other = secondOf(where, subject);
          return other === null ? [] : [ofEncoder[field](other)];
        }),
      ),
    })),
  ].filter(({ own, values }) => own !== each && !Array.isArray(own) && values.length > 1);
  if (mixed.length === 0) return null;
  const told = mixed.map(({ field, values }) => `${field} (${listed(values)})`);
  return {
    problem: `would mix conditions that differ in ${told.join(" and ")}`,
    remedy: `Name one value, list those that are meant, or say ${
      mixed.map(({ field }) => `${field}: each`).join(", ")
    }`,
  };
}

const ofEncoder = {
  method: ({ method }: EncoderSubject) => method,
  pretrain: ({ checkpoint, pretrain }: EncoderSubject) =>
    checkpoint === undefined ? pretrain : "none",
  checkpoint: ({ checkpoint }: EncoderSubject) => checkpoint ?? "none",
  size: ({ sizes }: EncoderSubject) => [...new Set(sizes)].join(", "),
  corruption: ({ corruption }: EncoderSubject) => corruption,
  budget: ({ budget }: EncoderSubject) => budget,
  replica: ({ replica }: EncoderSubject) => `${replica}`,
  training: ({ changes }: EncoderSubject) => changes.text,
  network: ({ network, ownNetwork }: EncoderSubject) => ownNetwork ? network : "the scale’s",
} satisfies { readonly [F in keyof EncoderSelection]-?: (encoder: EncoderSubject) => string };

/** The fields of a selection that an encoder has, one of a fusion by itself. */
export const encoderFields = Object.keys(ofEncoder) as (keyof EncoderSelection)[];

type Field = keyof Selection;

/** What a trial has in each field, as text. */
const facets: { readonly [F in Field]-?: (subject: Subject, granularity: Granularity) => string } =
  {
    ...ofEncoder,
    with: ({ others }) =>
      others.length === 0
        ? "no other encoder"
        : others.map(({ method, pretrain }) =>
          pretrain === "none" ? method : `${method} of ${pretrain}`
        ).join(" and "),
    probe: ({ probe }) => probe,
    on: ({ on }) => on,
    labels: ({ labels }) => labels,
    settings: ({ probeChanges }) => probeChanges.text,
    scale: ({ scale, ownScale }) => ownScale ? scale : "the command’s",
    images: ({ seen }) => seen,
    level: (_, granularity) =>
      typeof granularity === "string" ? granularity : granularity.join(", "),
  };

/** What a field means that is left out, in words. */
const defaults: { readonly [F in Field]?: string } = {
  budget: '"recipe" unless given',
  replica: "0 unless given",
  training: "the recipe’s unless given",
  network: "the scale’s unless given",
  settings: "the scale’s unless given",
  scale: "the command’s unless given",
  images: "clean unless given",
  level: '"finest" unless given',
  with: "absent",
};

function valuesOf(field: Field, trials: readonly DeclaredTrial[]): readonly string[] {
  return distinct(trials.map(({ subject, granularity }) => facets[field](subject, granularity)));
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** A few values in a message. */
export function listed(values: readonly string[]): string {
  const told = values.slice(0, 6).map((one) => one === "" ? "none" : `"${one}"`);
  return values.length > 6 ? `${told.join(", ")} and others` : told.join(", ");
}

/** A selection that may mean each fusion, and each level. */
export type OpenSelection = Selection & { readonly anyFusion?: true; readonly anyLevel?: true };

function opened(where: Selection, field: Field): OpenSelection {
  if (field === "level") return { ...where, anyLevel: true };
  if (field === "with") return { ...where, anyFusion: true };
  return { ...where, [field]: each };
}

/** Whether a selection means a trial, as far as is known before data is read. */
export function fits(
  { level = "finest", anyLevel, anyFusion, ...where }: OpenSelection,
  trial: DeclaredTrial,
): boolean {
  const { subject, granularity } = trial;
  const { with: _, ...first } = where;
  const alone = { ...subject, others: [] };
  return (anyLevel === true || mayHave(granularity, level)) &&
    (anyFusion === true ? matches(first, alone) : matches(where, subject));
}

/** Whether a trial may be scored at a level: what levels its data has is not known yet. */
function mayHave(granularity: Granularity, level: string): boolean {
  if (granularity === "finest") return level === "finest";
  return granularity === "all" || ["finest", "coarsest", ...granularity].includes(level);
}

/** Whether a trial that may be scored at the level of a selection is, if its data has that level. */
function surelyHas({ level = "finest" }: Selection, { granularity }: DeclaredTrial): boolean {
  return typeof granularity === "string" || granularity.includes(level);
}

/** The encoder of a fusion that a selection means by `with`. */
function secondOf({ with: other, ...where }: Selection, subject: Subject): EncoderSubject | null {
  if (other === undefined) return null;
  const [first, second] = encodersOf(subject);
  const { level: _, ...own } = where;
  const isInOrder = matches(own, { ...subject, ...first!, others: [] }) &&
    matches({ ...other, probe: each }, { ...subject, ...second!, others: [] });
  return isInOrder ? second! : first!;
}
