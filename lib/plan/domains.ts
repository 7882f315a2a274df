import type { Role } from "@/dsl/mod.ts";

/** What the planner has to know of a data set, without opening an image. */
export interface PlanDomain {
  /** The identity of its content, a SHA-256. */
  readonly id: string;
  /** What it is, for people. */
  readonly source: string;
  readonly trainImages: number;
  readonly testImages: number;
  /** Levels of its label tree, finest first. */
  readonly levels: readonly string[];
}

/** The data set that plays each role. */
export type Domains = ReadonlyMap<Role, PlanDomain>;
