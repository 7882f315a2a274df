import { dataDomain } from "@/experiments/data_domain.ts";
import { dataQuality } from "@/experiments/data_quality.ts";
import { methods } from "@/experiments/methods.ts";
import { pooledDomains } from "@/experiments/pooled_domains.ts";
import type { Experiment } from "@/dsl/mod.ts";

/** What `all` runs, in the paper's order. */
export const experiments: readonly Experiment[] = [dataDomain];

/** What runs only when it is named. */
export const furtherExperiments: readonly Experiment[] = [methods, pooledDomains, dataQuality];
