import { type Transfers, transfers } from "@/lib/tensor/mod.ts";

/** What is copied to devices and from them meanwhile. */
export async function copiedBy(body: () => unknown): Promise<Transfers> {
  const before = transfers();
  await body();
  const after = transfers();
  return {
    uploads: after.uploads - before.uploads,
    downloads: after.downloads - before.downloads,
    uploadedBytes: after.uploadedBytes - before.uploadedBytes,
    downloadedBytes: after.downloadedBytes - before.downloadedBytes,
  };
}
