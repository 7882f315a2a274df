/**
 * One process that plans the large study and looks for its steps in a store, as `deno task plan` does, then says why a condition of
 * one more seed has to be worked, and what of the store nothing asks for: `plan_program.ts STORE`.
 */

import process from "node:process";
import { reachedFrom } from "@/lib/cli/asked.ts";
import { gc } from "@/lib/cli/gc.ts";
import { expectedBytes, expectedSeconds, plan } from "@/lib/plan/mod.ts";
import { filesIn, readCode } from "@/lib/run/mod.ts";
import { explain, findStore, statusOf } from "@/lib/store/mod.ts";
import { domains } from "@/tests/plan/planned.ts";
import { largeSeeds, largeStudy } from "@/tests/bench/large_study.ts";
import { measureWhenTold } from "@/tests/bench/when_told.ts";

/** What a look took. */
export interface PlanLook {
  readonly steps: number;
  /** Those that are not to be worked again. */
  readonly cached: number;
  readonly phases: readonly Phase[];
  /** What other commands do then. */
  readonly others: readonly Phase[];
}

interface Phase {
  readonly phase: string;
  readonly seconds: number;
  /** Of the processor, in this process's own code and not in the system's. */
  readonly user: number;
}

const root = `${import.meta.dirname}/../..`;

async function look(folder: string): Promise<PlanLook> {
  const told: Phase[] = [];
  const timed = async <T>(phase: string, work: () => T | Promise<T>): Promise<T> => {
    const started = performance.now(), before = process.cpuUsage();
    const result = await work();
    const user = process.cpuUsage(before).user / 1e6;
    told.push({ phase, seconds: (performance.now() - started) / 1000, user });
    return result;
  };
  const sizes = new Map([...domains.values()].map((one) => [one.id, one]));
  const conditions = await timed("declared and expanded", largeStudy);
  const { steps } = await timed("planned and keyed", () => plan(conditions, domains));
  const code = await timed("code read", () => readCode(filesIn(root)));
  const store = await findStore(folder);
  const status = await timed("checked", () => statusOf(steps, store, { code }));
  await timed("costs reckoned", () => [expectedSeconds(steps, sizes), expectedBytes(steps, sizes)]);
  const cached = [...status.values()].filter(({ freshness }) => freshness === "cached").length;

  const phases = told.splice(0);
  const more = plan(largeStudy(largeSeeds + 1), domains);
  const reached = reachedFrom(more.conditions.at(-1)!.score, more.steps);
  const asked = more.steps.filter(({ key }) => reached.has(key));
  const seen = await statusOf(asked, store, { code });
  const missing = asked.filter(({ key }) => seen.get(key)!.freshness !== "cached");
  const about = { steps: more.steps, status: seen, codeParts: code.parts, named: [] };
  await timed("why", () => explain(missing, store, about));
  const all = { scale: [], data: [], pin: [], unpin: [], perform: false, store: folder };
  await timed("gc", () => gc(all, root));
  return { steps: steps.length, cached, phases, others: told };
}

await measureWhenTold(() => look(Deno.args[0]!));
