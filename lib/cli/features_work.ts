import { InputError } from "@/lib/base/errors.ts";
import { plural } from "@/lib/base/plural.ts";
import { shellWord } from "@/lib/base/shell_word.ts";
import type { NamedEncoder } from "@/lib/cli/features_encoder.ts";
import { provideEngine } from "@/lib/cli/provide_engine.ts";
import { say, write } from "@/lib/cli/say.ts";
import { stopSignals } from "@/lib/cli/stop_signals.ts";
import { terminal } from "@/lib/cli/terminal.ts";
import type { Binding, DomainFacts, WorldSize } from "@/lib/data/mod.ts";
import { expectedSeconds, makeStep, type Sizes, type Step } from "@/lib/plan/mod.ts";
import { type Code, localPool, makeProgress, run } from "@/lib/run/mod.ts";
import { artifactFolder, statusOf, type Store } from "@/lib/store/mod.ts";
import { hasNvidiaDriver } from "@/lib/tensor/hardware.ts";

/** Images of which features are wanted. */
export interface FeatureRole {
  readonly role: string;
  readonly binding: Binding;
  readonly facts: DomainFacts;
}

/** The folders of a role's images and of their features. */
export interface FeatureFolders {
  readonly images: string;
  readonly features: string;
}

/**
 * Has features computed as steps of the store, so that they are computed once.
 *
 * @returns The folders of each role.
 * @throws {InputError} If a step fails.
 */
export async function workFeatures(roles: readonly FeatureRole[], work: {
  readonly store: Store;
  readonly code: Code;
  readonly world: WorldSize;
  /** The project's folder. */
  readonly root: string;
  readonly options: {
    /** The name of the encoder, as it was given. */
    readonly encoder: string;
    readonly trustCode: boolean;
    readonly device?: string;
  };
  readonly encoder: NamedEncoder;
  /** Side of the images. */
  readonly pixels: number;
}): Promise<ReadonlyMap<string, FeatureFolders>> {
  const { store, code, encoder, pixels, options } = work, { trustCode } = options;
  const own = roles.map(({ role, facts: { id, dataset } }) => {
    const spec = { dataset: id, form: dataset, pixels };
    const ingest = makeStep({ kind: "ingest", spec, needs: {} }, `${role} at ${pixels} px`);
    const images = ingest.key;
    const features = "floor" in encoder
      ? makeStep(
        { kind: "features", spec: { floor: encoder.floor }, needs: { images } },
        `${encoder.floor.family}: features of ${role}`,
      )
      : makeStep(
        { kind: "features", spec: encoder.spec, needs: { encoder: encoder.step.key, images } },
        `${encoder.step.label}: features of ${role}`,
      );
    return { role, ingest, features };
  });
  const chain = "floor" in encoder ? [] : encoder.chain;
  const all = [...chain, ...own.flatMap(({ ingest, features }): Step[] => [ingest, features])];
  const steps = [...new Map(all.map((step) => [step.key, step])).values()];
  const status = await statusOf(steps, store, { code, trustCode });
  const wanted = new Set([
    ...own.flatMap(({ ingest, features }) => [ingest.key, features.key]),
    ..."weights" in encoder ? [encoder.step.key] : [],
  ]);
  const toWork = steps.filter(({ key }) =>
    wanted.has(key) && status.get(key)!.freshness !== "cached"
  );
  if (toWork.length > 0) await workSteps(steps, { ...work, toWork, status, roles });
  return new Map(own.map(({ role, ingest, features }) => [role, {
    images: artifactFolder(store, ingest.key),
    features: artifactFolder(store, features.key),
  }]));
}

type Work = Parameters<typeof workFeatures>[1] & {
  readonly toWork: readonly Step[];
  readonly status: Awaited<ReturnType<typeof statusOf>>;
  readonly roles: readonly FeatureRole[];
};

async function workSteps(steps: readonly Step[], work: Work): Promise<void> {
  const { toWork, status, roles, store, code, world, root, options, encoder } = work;
  const device = options.device ?? (await hasNvidiaDriver() ? "gpu" : "cpu");
  const engine = { backend: "tensorflow", device, check: false } as const;
  if (!("floor" in encoder)) await provideEngine(engine, false);
  const sizes = new Map<string, Sizes>([
    ..."study" in encoder
      ? [...encoder.study.domains.values()].map((one) => [one.id, one] as const)
      : [],
    ...roles.map(({ facts }) =>
      [facts.id, { ...facts, classes: facts.hierarchy.leaves.length }] as const
    ),
  ]);
  const expected = expectedSeconds(steps, sizes);
  const { live, size } = terminal();
  const progress = makeProgress({
    style: live ? "live" : "plain",
    ...{ size, steps: toWork, expected, jobs: 1, write, place: () => 0, begun: new Map() },
  });
  const kill = new AbortController();
  using stop = stopSignals({ onSecond: () => kill.abort() });
  const keys = new Set(toWork.map(({ key }) => key));
  const pool = localPool({
    ...{ root, jobs: 1, engine, code, world, trustCode: options.trustCode },
    command: `deno task features --encoder ${shellWord(options.encoder)}`,
    ..."weights" in encoder && { weights: encoder.weights },
    bindings: new Map(roles.map(({ facts, binding }) => [facts.id, binding])),
  });
  try {
    const { failed, unbegun } = await run({ steps }, store, pool, {
      ...{ status, expected, others: "rest", failFast: true, onEvent: progress.onEvent },
      takes: ({ key }) => keys.has(key),
      ...{ drain: stop.signal, signal: kill.signal },
    });
    if (stop.signal.aborted) {
      progress.close();
      say("Stopped; finished steps are kept, and the same command continues from here");
      Deno.exit(stop.exitCode());
    }
    if (failed.length + unbegun.length === 0) return;
    throw new InputError(
      "features",
      `${plural(failed.length, "step")} failed, as was said above`,
      "Mend what it names; the same command goes on from there",
    );
  } finally {
    progress.close();
  }
}
