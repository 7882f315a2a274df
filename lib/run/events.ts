import type { Step } from "@/lib/plan/mod.ts";
import type { Failure } from "@/lib/run/failure.ts";

/** What happens to a step while an executor has it. */
export type WorkEvent =
  | { readonly type: "started"; readonly step: Step; readonly pid: number }
  | {
    readonly type: "progress";
    readonly step: Step;
    readonly done: number;
    readonly total: number;
    readonly unit: string;
  };

/** What happens while a plan is worked. */
export type RunEvent =
  | WorkEvent
  /** Somebody else works it: others go first, and it is looked at again. */
  | { readonly type: "waiting"; readonly step: Step }
  | { readonly type: "done"; readonly step: Step; readonly seconds: number }
  /** Somebody else has made it meanwhile, or its inputs came out as they were. */
  | { readonly type: "found"; readonly step: Step }
  /** Its worker process died, and it is tried again. */
  | ({ readonly type: "again"; readonly step: Step } & Failure)
  /** It was stopped, and what is kept of it is gone on from. */
  | { readonly type: "given back"; readonly step: Step }
  /** The steps that need it, and are skipped, follow as events of their own. */
  | ({ readonly type: "failed"; readonly step: Step; readonly skips: number } & Failure)
  | { readonly type: "skipped"; readonly step: Step; readonly because: Step };
