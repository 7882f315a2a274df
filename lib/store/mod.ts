/**
 * A content-addressed store of artifacts: verified reads, atomic writes, leases on steps, freshness.
 *
 * @module
 */

export * from "@/lib/store/artifact_path.ts";
export * from "@/lib/store/artifacts.ts";
export * from "@/lib/store/garbage.ts";
export * from "@/lib/store/manifest.ts";
export { type Origin, putArtifact, sweepTemporary } from "@/lib/store/put.ts";
export * from "@/lib/store/receive.ts";
export * from "@/lib/store/parts.ts";
export * from "@/lib/store/pins.ts";
export * from "@/lib/store/registrations.ts";
export * from "@/lib/store/see_anew.ts";
export * from "@/lib/store/status.ts";
export * from "@/lib/store/step_lease.ts";
export * from "@/lib/store/store.ts";
export type { Head } from "@/lib/store/verified.ts";
export * from "@/lib/store/verify.ts";
export * from "@/lib/store/why.ts";
