/**
 * Rows in, one offline HTML file out: the page, its tables, charts and downloads.
 *
 * @module
 */

export { duration, roughly } from "@/lib/base/duration.ts";
export { plural } from "@/lib/base/plural.ts";
export * from "@/lib/report/accuracy.ts";
export * from "@/lib/report/chart.ts";
export * from "@/lib/report/claim_values.ts";
export * from "@/lib/report/claims.ts";
export * from "@/lib/report/crate.ts";
export * from "@/lib/report/csv_link.ts";
export * from "@/lib/report/curves.ts";
export * from "@/lib/report/dots.ts";
export * from "@/lib/report/downloads.ts";
export * from "@/lib/report/exhibit.ts";
export * from "@/lib/report/figure.ts";
export * from "@/lib/report/format.ts";
export * from "@/lib/report/heat_map.ts";
export * from "@/lib/report/html.ts";
export * from "@/lib/report/interval_chart.ts";
export * from "@/lib/report/lines.ts";
export * from "@/lib/report/page.ts";
export * from "@/lib/report/pivot_table.ts";
export * from "@/lib/report/provenance.ts";
export * from "@/lib/report/series.ts";
export * from "@/lib/report/sheets.ts";
export * from "@/lib/report/table.ts";
export * from "@/lib/report/write.ts";
