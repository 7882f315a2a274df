import type { Result, Study } from "@/tests/campaign/study.ts";

/** How a fault is tried. */
export interface FaultOptions {
  /** What random moments and places come from. */
  readonly seed: number;
  readonly times: number;
}

/** What became of one scene, and how often the fault struck in it. */
export interface Struck {
  readonly times: number;
  readonly result: Result;
}

/** Something that goes wrong. */
export interface Fault {
  /** What, in words. */
  readonly name: string;
  /** Why it cannot be tried here, if it cannot. */
  readonly impossible?: string;
  /** Lets it strike that often, in one scene after another. */
  scenes(study: Study, options: FaultOptions): AsyncIterable<Struck>;
}

/** Resolves after so many seconds. */
export async function seconds(count: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1000 * count));
}
