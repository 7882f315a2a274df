/** Domains: what a role is bound to, its facts, its packed images, subsets and contact sheets. */
export * from "@/lib/data/bindings.ts";
export * from "@/lib/data/contact_sheet.ts";
export * from "@/lib/data/facts.ts";
export { type Finding, type FindingName, findingNames } from "@/lib/data/findings.ts";
export * from "@/lib/data/hierarchy.ts";
export * from "@/lib/data/ingest.ts";
export * from "@/lib/data/pack.ts";
export { writePack } from "@/lib/data/pack_writer.ts";
export * from "@/lib/data/subset.ts";
export type { DataSet, Split, StoredPicture } from "@/lib/data/data_set.ts";
export type { WorldSize } from "@/lib/data/adapters/adapter.ts";
export { type Binding, openDataSet } from "@/lib/data/adapters/mod.ts";
