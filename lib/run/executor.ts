import type { Step } from "@/lib/plan/mod.ts";
import type { WorkEvent } from "@/lib/run/events.ts";
import type { Failure } from "@/lib/run/failure.ts";
import type { Store } from "@/lib/store/mod.ts";

/** How a step ended, for now. */
export type Outcome =
  | { readonly type: "done"; readonly seconds: number }
  | ({ readonly type: "failed" } & Failure)
  /** There was nothing to do: its artifact is fresh. */
  | { readonly type: "found" }
  /** Somebody else has it, or is to have it: it is to be looked at again. */
  | { readonly type: "held" }
  /** It may not be worked here, and nobody is at it: it is to be looked at again, but not for ever. */
  | { readonly type: "deserted" }
  /** It is not for this machine: others may do it, and it is waited for only as long as there is something else. */
  | { readonly type: "unfit" }
  /** The process that worked it died for the first time: it is to be tried again. */
  | ({ readonly type: "died" } & Failure)
  /** It was stopped because the crew is to leave; what is done of it is kept, where its kind keeps anything. */
  | { readonly type: "given back" }
  /** It was not begun, because the run is over. */
  | { readonly type: "unbegun" }
  /** This machine is to blame for what failed on it, and works nothing more. */
  | { readonly type: "blamed"; readonly message: string };

/** A step all of whose needs are there. */
export interface Task {
  readonly step: Step;
  /** Whether it may be worked here; of any other it is only found out whether somebody has done it. */
  readonly mayTake: boolean;
  /** Whether nothing more is to be begun. */
  isOver(): boolean;
  readonly onEvent: (event: WorkEvent) => void;
}

/** Those who work the steps of one run. */
export interface Crew {
  /** Works a step unless somebody else has it; its claim is held meanwhile by who works it. */
  work(task: Task): Promise<Outcome>;
  /** Has the steps under way stopped at their next checkpoint, and those that have none at once. */
  drain(): void;
  /** Ends all work, steps under way too. */
  stop(): Promise<void>;
}

/** Where steps are worked, and by whom. */
export interface Executor {
  /** How many steps it takes at a time. */
  readonly slots: number;
  /**
   * Gets ready to work steps of a store.
   *
   * @param steps Those of the run, and all that they need.
   */
  open(store: Store, steps: readonly Step[]): Promise<Crew>;
}
