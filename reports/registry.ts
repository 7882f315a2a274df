import { dataDomainReport } from "@/reports/data_domain.ts";
import { dataQualityReport } from "@/reports/data_quality.ts";
import { dataQuantityReport } from "@/reports/data_quantity.ts";
import { featureFusionReport } from "@/reports/feature_fusion.ts";
import type { ExperimentReport } from "@/reports/experiment_report.ts";
import { genericReport } from "@/reports/generic.ts";
import { methodsReport } from "@/reports/methods.ts";
import { pooledDomainsReport } from "@/reports/pooled_domains.ts";
import { taxaReport } from "@/reports/taxa.ts";
import { taskGranularityReport } from "@/reports/task_granularity.ts";

// Experiments that have tables and charts of their own: a file each, and a line here.
const reports: readonly ExperimentReport[] = [
  dataQuantityReport,
  methodsReport,
  dataDomainReport,
  pooledDomainsReport,
  featureFusionReport,
  taxaReport,
  dataQualityReport,
  taskGranularityReport,
];

/** How an experiment is shown; one without a report of its own gets a table of its conditions. */
export function reportOf(id: string): ExperimentReport {
  return reports.find((report) => report.id === id) ?? genericReport(id);
}
