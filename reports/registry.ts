import { dataDomainReport } from "@/reports/data_domain.ts";
import { dataQualityReport } from "@/reports/data_quality.ts";
import { dataQuantityReport } from "@/reports/data_quantity.ts";
import { declaredFigures } from "@/reports/declared_figure.ts";
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

/** How an experiment is shown: by a report of its own, with the figures that it declares after those, or by what varies in it. */
export function reportOf(id: string): ExperimentReport {
  const own = reports.find((report) => report.id === id);
  if (own === undefined) return genericReport(id);
  return {
    id,
    figures: (results) => [
      ...own.figures(results),
      ...declaredFigures(results.experiment.figures, results),
    ],
  };
}
