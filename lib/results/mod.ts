/**
 * Tidy rows out of the store; intervals and verdicts out of the rows.
 *
 * @module
 */

export * from "@/lib/results/against.ts";
export * from "@/lib/results/cell_id.ts";
export * from "@/lib/results/cells.ts";
export * from "@/lib/results/contrast.ts";
export * from "@/lib/results/csv.ts";
export * from "@/lib/results/curves.ts";
export * from "@/lib/results/estimate.ts";
export * from "@/lib/results/default_figures.ts";
export * from "@/lib/results/factors.ts";
export * from "@/lib/results/figure_mistakes.ts";
export * from "@/lib/results/figure_rows.ts";
export * from "@/lib/results/features_parquet.ts";
export * from "@/lib/results/figured.ts";
export * from "@/lib/results/holm.ts";
export * from "@/lib/results/interval.ts";
export * from "@/lib/results/judge.ts";
export * from "@/lib/results/lattice.ts";
export * from "@/lib/results/level_mistakes.ts";
export * from "@/lib/results/origins.ts";
export * from "@/lib/results/other_run.ts";
export * from "@/lib/results/paper_effect.ts";
export * from "@/lib/results/row_lines.ts";
export * from "@/lib/results/rows.ts";
export * from "@/lib/results/seed_noise.ts";
export * from "@/lib/results/select.ts";
export * from "@/lib/results/selected.ts";
export * from "@/lib/results/settings.ts";
export * from "@/lib/results/sides.ts";
export * from "@/lib/results/skipped.ts";
export * from "@/lib/results/study.ts";
export * from "@/lib/results/parquet.ts";
export * from "@/lib/results/pictures.ts";
export * from "@/lib/results/plan_groups.ts";
export * from "@/lib/results/pretext.ts";
export * from "@/lib/results/subject.ts";
export * from "@/lib/results/term.ts";
export * from "@/lib/results/test_classes.ts";
export * from "@/lib/results/told.ts";
export * from "@/lib/results/checks.ts";
export * from "@/lib/results/smooth.ts";
export * from "@/lib/results/source.ts";
export * from "@/lib/results/spread.ts";
export * from "@/lib/results/sureness.ts";
export * from "@/lib/results/variance_components.ts";
export * from "@/lib/results/claimed.ts";
export * from "@/lib/results/families.ts";
export * from "@/lib/results/looks.ts";
export * from "@/lib/results/label_curve.ts";
export * from "@/lib/results/question.ts";
export * from "@/lib/results/registration.ts";
// Where a step's artifact lies in a store.
export { artifactPath } from "@/lib/store/mod.ts";
// The terms of the grammar in which a report speaks.
export {
  clean,
  isFloorName,
  methodNames,
  methods,
  networkName,
  trainingAt,
  unlabelledMethods,
  unstated,
} from "@/dsl/mod.ts";
export type {
  Claim,
  Contrast,
  Corruption,
  DeclaredFigure,
  Experiment,
  FactorName,
  FloorName,
  Method,
  Network,
  PaperSource,
  Scale,
  TrainingMethod,
} from "@/dsl/mod.ts";
