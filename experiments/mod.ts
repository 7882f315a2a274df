import { loadExperiments } from "@/dsl/load.ts";
import type { Experiment } from "@/dsl/mod.ts";

const { experiments: found, mistakes } = await loadExperiments(import.meta.dirname!);
if (mistakes.length > 0) throw new Error(mistakes.map(({ message }) => message).join("\n"));

/** What `all` runs: the experiments of all files beside this one, the paper's in its order, and others after them by their ids. */
export const experiments: readonly Experiment[] = found;
