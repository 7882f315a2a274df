import type { Experiment } from "@/dsl/mod.ts";
import { controls } from "@/experiments/controls.ts";
import { dataDomain } from "@/experiments/data_domain.ts";
import { dataQuality } from "@/experiments/data_quality.ts";
import { dataQuantity } from "@/experiments/data_quantity.ts";
import { featureFusion } from "@/experiments/feature_fusion.ts";
import { methods } from "@/experiments/methods.ts";
import { pooledDomains } from "@/experiments/pooled_domains.ts";
import { taskGranularity } from "@/experiments/task_granularity.ts";
import { taxa } from "@/experiments/taxa.ts";

/** What `all` runs, in the paper's order, and the controls after it. */
export const experiments: readonly Experiment[] = [
  dataQuantity,
  methods,
  dataDomain,
  pooledDomains,
  featureFusion,
  taxa,
  dataQuality,
  taskGranularity,
  controls,
];
