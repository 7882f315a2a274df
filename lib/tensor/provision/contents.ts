import type { LibraryManifest } from "@/lib/tensor/provision/cache.ts";
import type { OnProgress } from "@/lib/tensor/provision/progress.ts";
import type { LibraryPackage } from "@/lib/tensor/provision/wheel.ts";

/** How a library is fetched. */
export interface FetchOptions {
  readonly package: LibraryPackage;
  readonly onProgress: OnProgress;
  /** Variables for Python besides those of this process, such as pip's own settings. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What was put into a folder: the manifest, but for sizes and checksums of the files. */
export type Contents = Omit<LibraryManifest, "files"> & { readonly files: readonly string[] };
