/** One process that plans the large study and looks for its steps in a store, as `deno task plan` does: `plan_program.ts STORE`. */

import process from "node:process";
import { expectedBytes, expectedSeconds, plan } from "@/lib/plan/mod.ts";
import { filesIn, readCode } from "@/lib/run/mod.ts";
import { findStore, statusOf } from "@/lib/store/mod.ts";
import { domains } from "@/tests/plan/planned.ts";
import { largeStudy } from "@/tests/bench/large_study.ts";
import { measureWhenTold } from "@/tests/bench/when_told.ts";

/** What a look took. */
export interface PlanLook {
  readonly steps: number;
  /** Those that are not to be worked again. */
  readonly cached: number;
  readonly phases: readonly {
    readonly phase: string;
    readonly seconds: number;
    /** Of the processor, in this process's own code and not in the system's. */
    readonly user: number;
  }[];
}

async function look(folder: string): Promise<PlanLook> {
  const phases: PlanLook["phases"][number][] = [];
  const timed = async <T>(phase: string, work: () => T | Promise<T>): Promise<T> => {
    const started = performance.now(), before = process.cpuUsage();
    const result = await work();
    const user = process.cpuUsage(before).user / 1e6;
    phases.push({ phase, seconds: (performance.now() - started) / 1000, user });
    return result;
  };
  const sizes = new Map([...domains.values()].map((one) => [one.id, one]));
  const conditions = await timed("declared and expanded", largeStudy);
  const { steps } = await timed("planned and keyed", () => plan(conditions, domains));
  const code = await timed("code read", () => readCode(filesIn(`${import.meta.dirname}/../..`)));
  const store = await findStore(folder);
  const status = await timed("checked", () => statusOf(steps, store, { code }));
  await timed("costs reckoned", () => [expectedSeconds(steps, sizes), expectedBytes(steps, sizes)]);
  const cached = [...status.values()].filter(({ freshness }) => freshness === "cached").length;
  return { steps: steps.length, cached, phases };
}

await measureWhenTold(() => look(Deno.args[0]!));
