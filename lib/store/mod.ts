/**
 * A content-addressed store of artifacts: verified reads, atomic writes, claims, freshness.
 *
 * @module
 */

export * from "@/lib/store/claim.ts";
export { type ClaimWatch, watchClaims } from "@/lib/store/claim_watch.ts";
export * from "@/lib/store/manifest.ts";
export * from "@/lib/store/put.ts";
export * from "@/lib/store/status.ts";
export * from "@/lib/store/store.ts";
export type { Head } from "@/lib/store/verified.ts";
