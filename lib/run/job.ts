import type { Json } from "@/lib/base/canonical_json.ts";
import type { FailureKind } from "@/lib/base/errors.ts";
import type { Binding } from "@/lib/data/bindings.ts";
import type { WorldSize } from "@/lib/data/facts.ts";
import type { Step } from "@/lib/plan/mod.ts";

/** What a step's work is given. */
export interface Job {
  readonly step: Step;
  /** The verified artifact folder of each need, by its name. */
  readonly inputs: { readonly [name: string]: string };
  /** An empty folder for its files. */
  readonly out: string;
  /** The data set that an `ingest` step reads; `null` for every other kind. */
  readonly binding: Binding | null;
  readonly world: WorldSize;
  /** Tells how far it is. */
  progress(done: number, total: number, unit: string): void;
}

/** What its work has to tell, for the manifest. */
export type Info = { readonly [name: string]: Json };

/** Turns a step into files. */
export type Work = (job: Job) => Promise<Info>;

/** What the runner sends to a worker process, one JSON text a line. */
export interface Order {
  readonly step: Step;
  readonly store: string;
  /** The fingerprint of the code that works this kind. */
  readonly code: string;
  /** The command that the user gave. */
  readonly command: string;
  readonly binding: Binding | null;
  readonly world: WorldSize;
}

/** What a worker process answers, one JSON text a line. */
export type Answer =
  | { readonly type: "ready" }
  | {
    readonly type: "progress";
    readonly done: number;
    readonly total: number;
    readonly unit: string;
  }
  | { readonly type: "done"; readonly seconds: number }
  | { readonly type: "failed"; readonly kind: FailureKind; readonly message: string };
