import { dataDomain } from "@/experiments/data_domain.ts";
import type { Experiment } from "@/dsl/mod.ts";

/** Every experiment of the study, in the paper's order. */
export const experiments: readonly Experiment[] = [dataDomain];
