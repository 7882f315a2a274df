import { type Method, needsLabels, type Role } from "@/dsl/mod.ts";

/** What the planner has to know of a data set, without opening an image. */
export interface PlanDomain {
  /** The identity of its content, a SHA-256. */
  readonly id: string;
  /** What it is, for people. */
  readonly source: string;
  /** The form in which it is published, or `world` for the built-in ones. */
  readonly dataset: string;
  readonly trainImages: number;
  readonly testImages: number;
  /** Images without labels, which methods that use none pretrain on beside the training images. */
  readonly unlabelledImages: number;
  /** At the finest level of its label tree. */
  readonly classes: number;
  /** Levels of its label tree, finest first; none where no image has a label. */
  readonly levels: readonly string[];
  /** Those of them at which no class has more than half of the finest classes. */
  readonly dividedLevels: readonly string[];
}

/** The data set that plays each role. */
export type Domains = ReadonlyMap<Role, PlanDomain>;

/** Whether a method trains on a domain's images without labels too. */
export function usesUnlabelled(method: Method, domain: PlanDomain): boolean {
  return !needsLabels(method) && domain.unlabelledImages > 0;
}
