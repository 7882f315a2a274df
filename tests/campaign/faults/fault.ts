import type { Row } from "@/tests/campaign/row.ts";
import type { Study } from "@/tests/campaign/study.ts";

/** How a fault is tried. */
export interface FaultOptions {
  /** What random moments and places come from. */
  readonly seed: number;
  readonly times: number;
}

/** Tries a fault, and says what became of it. */
export type Fault = (study: Study, options: FaultOptions) => Promise<Row>;

/** Resolves after so many seconds. */
export async function seconds(count: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1000 * count));
}
