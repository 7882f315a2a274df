import type { StepKind } from "@/lib/plan/mod.ts";
import { readStanding } from "@/lib/store/artifacts.ts";
import { type Made, wrongFile } from "@/lib/store/manifest.ts";
import { artifactFolder, type Store } from "@/lib/store/store.ts";

/** What reading every byte of an artifact showed. */
export interface Reading {
  readonly key: string;
  /** Absent where the manifest cannot be read. */
  readonly kind?: StepKind;
  readonly made?: Made;
  readonly bytes: number;
  /** What is wrong with it; absent where it is as it was written. */
  readonly problem?: string;
}

/** Reads every byte of an artifact; nothing where there is none. */
export async function readWhole(store: Store, key: string): Promise<Reading | null> {
  const standing = await readStanding(store, key);
  if (standing === undefined) return null;
  const { manifest } = standing;
  if (typeof manifest === "string") return { key, bytes: 0, problem: manifest };
  const { kind, made, files } = manifest;
  const problem = await wrongFile(artifactFolder(store, key), manifest);
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  return { key, kind, made, bytes, ...problem !== undefined && { problem } };
}
