import type { SpecOf, Step, StepKind, StepOf } from "@/lib/plan/mod.ts";
import type { FilesRead, Work } from "@/lib/run/job.ts";

/** How a kind is worked. */
interface Worked<K extends StepKind> {
  /** Whether it needs TensorFlow. */
  readonly tensors: boolean;
  /** Whether a work of this recipe saves checkpoints, and stops at one when it is asked to; by default none does. */
  readonly saves?: (spec: SpecOf<K>) => boolean;
  load(): Promise<{ readonly work: Work<K>; readonly filesRead?: FilesRead<K> }>;
}

/**
 * The work of each kind. Loaded when first needed: TensorFlow takes a second and a gigabyte of address space, and half of
 * the kinds never touch it.
 */
export const works: { readonly [K in StepKind]: Worked<K> } = {
  ingest: { tensors: false, load: () => import("@/lib/run/kinds/ingest.ts") },
  sheet: { tensors: false, load: () => import("@/lib/run/kinds/sheet.ts") },
  subset: { tensors: false, load: () => import("@/lib/run/kinds/subset.ts") },
  corrupt: { tensors: false, load: () => import("@/lib/run/kinds/corrupt.ts") },
  import: { tensors: false, load: () => import("@/lib/run/kinds/import.ts") },
  pretrain: {
    tensors: true,
    saves: ({ training }) => training !== undefined,
    load: () => import("@/lib/run/kinds/pretrain.ts"),
  },
  features: { tensors: true, load: () => import("@/lib/run/kinds/features.ts") },
  probe: {
    tensors: true,
    saves: ({ probe }) => probe === "sgd-linear",
    load: () => import("@/lib/run/kinds/probe.ts"),
  },
  finetune: {
    tensors: true,
    saves: () => true,
    load: () => import("@/lib/run/kinds/finetune.ts"),
  },
  score: { tensors: false, load: () => import("@/lib/run/kinds/score.ts") },
  classes: { tensors: false, load: () => import("@/lib/run/kinds/classes.ts") },
  views: { tensors: true, load: () => import("@/lib/run/kinds/views.ts") },
  neighbours: { tensors: true, load: () => import("@/lib/run/kinds/neighbours.ts") },
};

/** Whether a step of a kind needs TensorFlow. */
export function needsTensors({ kind }: { readonly kind: StepKind }): boolean {
  return works[kind].tensors;
}

/** Whether a step saves checkpoints, and stops at one when it is asked to. */
export function savesCheckpoints<K extends StepKind>({ kind, spec }: StepOf<K>): boolean {
  return works[kind].saves?.(spec) ?? false;
}

/** Whether what is done of a step is gone on from when its work was cut off. */
export function goesOn(step: Step): boolean {
  return step.kind === "ingest" || savesCheckpoints(step);
}
