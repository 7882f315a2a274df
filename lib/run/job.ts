import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import type { Binding, WorldSize } from "@/lib/data/mod.ts";
import type { InfoOf, NeedsOf, StepKind, StepOf } from "@/lib/plan/mod.ts";
import type { Manifest } from "@/lib/store/mod.ts";
import type { BackendName } from "@/lib/tensor/backend_name.ts";
import { deviceClass } from "@/lib/tensor/device.ts";
import type { CheckpointOptions } from "@/lib/train/checkpoint_options.ts";

/** How tensors are computed. None of it is part of a step's key: it is to give the same result, but for rounding. */
export interface Engine {
  readonly backend: BackendName;
  /** As `parseDevice()` reads it. */
  readonly device: string;
  /** Whether each compiled function is compared with its plain run at first use. */
  readonly check: boolean;
}

/** A file of weights from outside, and what is said of it. */
export interface WeightsFile {
  /** Absolute. */
  readonly path: string;
  readonly source?: string;
  readonly licence?: string;
}

/** What the work of a step is given. */
export interface Job<K extends StepKind> {
  readonly step: StepOf<K>;
  /** The verified artifact folder of each need, by its kind's names. */
  readonly inputs: NeedsOf<K>;
  /** An empty folder for its files. */
  readonly out: string;
  /**
   * How work under way is kept: its folder outlives a worker that is killed and goes when the step is done. It may not exist
   * yet, and it may hold what another identity ({@linkcode identityOf}) left, which must not be used.
   */
  readonly saving: CheckpointOptions;
  /** The data set that an `ingest` step reads; `null` for every other kind. */
  readonly binding: Binding | null;
  /** The file that an `import` step reads; `null` for every other kind. */
  readonly weights: WeightsFile | null;
  readonly world: WorldSize;
  readonly engine: Engine;
  /** Tells how far it is. */
  progress(done: number, total: number, unit: string): void;
}

/**
 * The inputs, one of its name, of which a work opens some files alone, and these: whatever else such an artifact holds need not
 * be read to verify it.
 */
export type FilesRead<K extends StepKind> = {
  readonly [Name in keyof NeedsOf<K>]?: readonly string[];
};

/** Turns a step of a kind into files, and says what there is to tell of them. */
export type Work<K extends StepKind> = (job: Job<K>) => Promise<InfoOf<K>>;

/**
 * A hash of all that decides a step's work to the bit: its recipe, the code, the content of what it reads, and where it
 * is computed.
 */
export function identityOf(
  origin: Pick<Manifest, "key" | "code" | "needs"> & { readonly engine: Engine },
): string {
  const { key, code, needs, engine: { backend, device } } = origin;
  return sha256(canonicalJson({ key, code, needs, backend, device: deviceClass(device) }));
}
