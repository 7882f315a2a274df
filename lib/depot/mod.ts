/**
 * Where artifacts lie outside of a run's own store, and how they get there and back: other stores, and buckets. What speaks to
 * servers is loaded only for a bucket.
 *
 * @module
 */

export type { Depot } from "@/lib/depot/depot.ts";
export * from "@/lib/depot/open_depot.ts";
export * from "@/lib/depot/store_depot.ts";
export * from "@/lib/depot/transfer.ts";
