import type * as z from "zod";
import type { Kind } from "@/lib/plan/kind.ts";
import { classes } from "@/lib/plan/kinds/classes.ts";
import { corrupt } from "@/lib/plan/kinds/corrupt.ts";
import { features } from "@/lib/plan/kinds/features.ts";
import { finetune } from "@/lib/plan/kinds/finetune.ts";
import { imported } from "@/lib/plan/kinds/import.ts";
import { ingest } from "@/lib/plan/kinds/ingest.ts";
import { neighbours } from "@/lib/plan/kinds/neighbours.ts";
import { pretrain } from "@/lib/plan/kinds/pretrain.ts";
import { probe } from "@/lib/plan/kinds/probe.ts";
import { score } from "@/lib/plan/kinds/score.ts";
import { sheet } from "@/lib/plan/kinds/sheet.ts";
import { subset } from "@/lib/plan/kinds/subset.ts";
import { views } from "@/lib/plan/kinds/views.ts";
import type { Needs } from "@/lib/plan/needs.ts";

const all = {
  ingest,
  sheet,
  subset,
  corrupt,
  import: imported,
  pretrain,
  features,
  probe,
  finetune,
  score,
  classes,
  views,
  neighbours,
} as const;

/** The name of a kind of work. */
export type StepKind = keyof typeof all;

type Specs = { readonly [K in StepKind]: z.output<(typeof all)[K]["spec"]> };
type Counts = { readonly [K in StepKind]: (typeof all)[K]["needs"] };
type Infos = { readonly [K in StepKind]: z.output<(typeof all)[K]["info"]> };

/** What a recipe of a kind says. */
export type SpecOf<K extends StepKind> = Specs[K];

/** What a step of a kind reads: keys, or the folders in which the artifacts lie. */
export type NeedsOf<K extends StepKind> = Needs<Counts[K]>;

/** What the work of a kind has to tell. */
export type InfoOf<K extends StepKind> = Infos[K];

/** All kinds of work. */
export const kinds: { readonly [K in StepKind]: Kind<Specs[K], Counts[K], Infos[K]> } = all;

/** The names of all kinds of work. */
export const stepKinds = Object.keys(all) as readonly StepKind[];
