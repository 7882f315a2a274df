import type { StepKind } from "@/lib/plan/mod.ts";
import type { Work } from "@/lib/run/job.ts";

/**
 * The work of each kind. Loaded when first needed: TensorFlow takes a second and a gigabyte of address space, and half of
 * the kinds never touch it.
 */
export const works: Readonly<Record<StepKind, () => Promise<{ readonly work: Work }>>> = {
  ingest: () => import("@/lib/run/kinds/ingest.ts"),
  sheet: () => import("@/lib/run/kinds/sheet.ts"),
  subset: () => import("@/lib/run/kinds/subset.ts"),
  corrupt: () => import("@/lib/run/kinds/corrupt.ts"),
  pretrain: () => import("@/lib/run/kinds/pretrain.ts"),
  features: () => import("@/lib/run/kinds/features.ts"),
  probe: () => import("@/lib/run/kinds/probe.ts"),
  finetune: () => import("@/lib/run/kinds/finetune.ts"),
  score: () => import("@/lib/run/kinds/score.ts"),
  classes: () => import("@/lib/run/kinds/classes.ts"),
  views: () => import("@/lib/run/kinds/views.ts"),
  neighbours: () => import("@/lib/run/kinds/neighbours.ts"),
};

/** The kinds that need TensorFlow. */
export const tensorKinds: ReadonlySet<StepKind> = new Set([
  "pretrain",
  "features",
  "probe",
  "finetune",
  "views",
  "neighbours",
]);
