import { little, makeStep, type Step } from "@/lib/plan/mod.ts";
import { planForm, type PlanHead, readPlan, type StoredPlan, writePlan } from "@/lib/run/mod.ts";
import { openStore, putArtifact, type Store } from "@/lib/store/mod.ts";

const ingest = (dataset: string) =>
  makeStep(
    { kind: "ingest", spec: { dataset, form: "world", pixels: 24 }, needs: {} },
    dataset,
  ) as Step;
const subset = (images: Step, size: number) =>
  makeStep(
    { kind: "subset", spec: { size, seed: 1 }, needs: { images: images.key } },
    `${size} of ${images.label}`,
  ) as Step;

const species = ingest("species"), objects = ingest("objects");

/** Steps of a small plan: two data sets, with subsets of each. */
export const stored = {
  species,
  objects,
  two: subset(species, 2),
  three: subset(species, 3),
  four: subset(objects, 4),
} as const;

/** What the plan was made of. */
export const storedHead: PlanHead = {
  form: planForm,
  experiments: [{ id: "one", title: "One" }, { id: "both", title: "Both" }],
  scale: "smoke",
  options: { ids: ["one", "both"] },
  command: "deno task reproduce one both --scale smoke",
  engine: { backend: "tensorflow", check: false, device: null },
  trustCode: false,
  world: { train: 1, test: 1, seed: 0 },
  bindings: {},
  project: "/project",
};

/** Gives a store in which a plan lies: the experiment `one` stands on species alone, `both` on all; each step takes 10 s. */
export async function withStoredPlan(
  body: (at: { readonly store: Store; readonly plan: StoredPlan }) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const store = await openStore(`${folder}/store`);
    const steps = Object.values(stored).map((step) => ({
      ...{
        step,
        code: "code",
        seconds: 10,
        place: 0,
        bytes: 1,
        memory: little,
      },
      of: [stored.objects, stored.four].includes(step) ? [1] : [0, 1],
    }));
    await body({
      store,
      plan: await readPlan(store, await writePlan(store, { head: storedHead, steps })),
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Puts the artifact of a step, as if it had been worked by this code. */
export async function putWorked(store: Store, step: Step, code = "code"): Promise<void> {
  await putArtifact(store, step.key, async (place) => {
    await Deno.writeTextFile(`${place}/data`, "some data");
    const info = step.kind === "ingest"
      ? { train: 4, test: 0, unlabelled: 0, skipped: [] }
      : { images: 2 };
    return {
      ...{ key: step.key, kind: step.kind, spec: step.spec, needs: {}, code, info },
      made: { at: "2026-01-01T00:00:00Z", seconds: 10, host: "h", machine: {}, command: "c" },
    };
  });
}
