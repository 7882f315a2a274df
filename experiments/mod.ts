import { experimentsIn } from "@/dsl/load.ts";
import type { Experiment } from "@/dsl/mod.ts";

/** What `all` runs: the experiments of all files beside this one, the paper's in its order, and others after them by their ids. */
export const experiments: readonly Experiment[] = await experimentsIn(import.meta.dirname!);
