import { resolve } from "node:path";
import sharp from "sharp";
import { makeStep, type Plan, type Step } from "@/lib/plan/mod.ts";
import type { StatusOptions, Store } from "@/lib/store/mod.ts";
import { openStore, statusOf } from "@/lib/store/mod.ts";
import type { PoolOptions, RunEvent, RunOptions, RunSummary } from "@/lib/run/mod.ts";
import { localPool, run } from "@/lib/run/mod.ts";

/** The project's folder. */
export const root = resolve(import.meta.dirname!, "../..");

/** A fingerprint for each kind, made up. */
export const code: StatusOptions["code"] = ({ kind }) => `code of ${kind}`;

/** The engine of every step. */
export const engine: PoolOptions["engine"] = { backend: "tensorflow", device: "cpu", check: false };

/** A temporary folder with an image folder and a store, and how to run plans on them. */
export interface Bench {
  readonly images: string;
  readonly store: Store;
  readonly plan: Plan;
  readonly ingest: Step;
  readonly events: RunEvent[];
  /** Works the fixture's plan, or another on its store. */
  work(
    options?: Partial<RunOptions & PoolOptions> & { readonly plan?: Plan },
  ): Promise<RunSummary>;
}

/** Makes a data set of 2 classes, 12 training and 4 test images; the plan ingests it, takes two subsets and a sheet. */
export async function withBench(body: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const images = `${folder}/images`;
    for (const [split, count] of [["train", 6], ["test", 2]] as const) {
      for (const [name, red] of [["a", 200], ["b", 20]] as const) {
        await Deno.mkdir(`${images}/${split}/${name}`, { recursive: true });
        for (let i = 0; i < count; i++) {
          const background = { r: red, g: 20 * i, b: 90 };
          await sharp({ create: { width: 20, height: 16, channels: 3, background } }).png()
            .toFile(`${images}/${split}/${name}/${i}.png`);
        }
      }
    }
    const store = await openStore(`${folder}/store`);
    const ingest = makeStep(
      { kind: "ingest", spec: { dataset: "d", form: "image-folder", pixels: 16 }, needs: {} },
      "ingest",
    );
    const needs = { images: ingest.key };
    const steps: readonly Step[] = [
      ingest,
      makeStep({ kind: "subset", spec: { size: 4, seed: 1 }, needs }, "four"),
      makeStep({ kind: "subset", spec: { size: 8, seed: 1 }, needs }, "eight"),
      makeStep({ kind: "sheet", spec: { rows: 2, columns: 3 }, needs }, "sheet"),
    ];
    const ownPlan: Plan = {
      steps,
      conditions: [],
      testClasses: [],
      pictures: { sheets: [], views: [], neighbours: [] },
      corruptions: [],
    };
    const events: RunEvent[] = [];
    await body({
      images,
      store,
      plan: ownPlan,
      ingest,
      events,
      async work({ plan = ownPlan, ...options } = {}) {
        events.length = 0;
        const pool = localPool({
          root,
          jobs: 2,
          code,
          bindings: new Map([["d", { dataset: "image-folder", path: images }]]),
          world: { train: 1, test: 1, seed: 0 },
          command: "test",
          engine,
          ...options,
        });
        return await run(plan, store, pool, {
          status: await statusOf(plan.steps, store, { code, ...options }),
          expected: new Map(),
          onEvent: (event) => events.push(event),
          ...options,
        });
      },
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
