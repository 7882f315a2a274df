/**
 * Domains: what a role is bound to, what is known of a data set without decoding it, its label tree and its pictures.
 *
 * Whoever works no step imports this and nothing else of the room. The work of a step imports single files, those that
 * `tests/imports_test.ts` lists, because its fingerprint covers everything that it reaches.
 *
 * @module
 */

export type { WorldSize } from "@/lib/data/adapters/adapter.ts";
export { type Binding, openDataSet } from "@/lib/data/adapters/mod.ts";
export * from "@/lib/data/bindings.ts";
export * from "@/lib/data/class_counts.ts";
export * from "@/lib/data/contact_rows.ts";
export { type DataSet, type Split, splits } from "@/lib/data/data_set.ts";
export * from "@/lib/data/facts.ts";
export { type Finding, type FindingName, findingNames, firstOf } from "@/lib/data/findings.ts";
export * from "@/lib/data/hierarchy.ts";
export * from "@/lib/data/image_names.ts";
export { type PackLabels, readPackLabels } from "@/lib/data/pack_labels.ts";
export * from "@/lib/data/pictures.ts";
export * from "@/lib/data/subset.ts";
export * from "@/lib/data/tiles.ts";
