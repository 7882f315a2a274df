import type { Step } from "@/lib/plan/mod.ts";
import type { WorkEvent } from "@/lib/run/events.ts";
import type { Failure } from "@/lib/run/failure.ts";
import type { Store } from "@/lib/store/mod.ts";

/** How a step ended. */
export type Outcome =
  | { readonly type: "done"; readonly seconds: number }
  | ({ readonly type: "failed" } & Failure)
  /** There was nothing to do: its artifact has become fresh. */
  | { readonly type: "found" }
  /** It was not begun, because the run is over. */
  | { readonly type: "unbegun" };

/** A step all of whose needs are there. */
export interface Task {
  readonly step: Step;
  /** All that it stands on and itself, each after what it needs: by them one tells whether it is fresh. */
  lineage(): readonly Step[];
  /** Whether nothing more is to be begun. */
  isOver(): boolean;
  readonly onEvent: (event: WorkEvent) => void;
}

/** Those who work the steps of one run. */
export interface Crew {
  /** Works a step unless somebody else has; its lease is held meanwhile by who works it. */
  work(task: Task): Promise<Outcome>;
  /** Ends all work, steps under way too. */
  stop(): Promise<void>;
}

/** Where steps are worked, and by whom. */
export interface Executor {
  /** How many steps it takes at a time. */
  readonly slots: number;
  /** Gets ready to work steps of a store. */
  open(store: Store): Promise<Crew>;
}
