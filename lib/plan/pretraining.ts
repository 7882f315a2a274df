import {
  type Amount,
  type Corruption,
  corruptionName,
  type EncoderSpec,
  type Method,
  type Role,
} from "@/dsl/mod.ts";
import type { Json } from "@/lib/base/canonical_json.ts";
import { amountName, type At, type Builder } from "@/lib/plan/builder.ts";
import type { Step } from "@/lib/plan/step.ts";

/** A role, what is done to its images, and the step that does it. */
export interface CorruptedRole {
  readonly role: Role;
  readonly corruption: Corruption;
  /** Key of the `corrupt` step. */
  readonly key: string;
}

/** Makes `pretrain` steps and what they read. */
export interface Pretraining {
  /** The step of an encoder; returns its key. */
  pretrain(encoder: EncoderSpec, at: At): string;
  /** The first step of each corruption of each role so far. */
  corruptions(): readonly CorruptedRole[];
}

// More than any study has seeds.
const replicaStride = 1_000_000;

/**
 * Makes `pretrain` steps in a builder. Each reads `images` and `subset`; of a pool `images0`, `subset0`, `images1` and so
 * on; of a corrupted source only the `corrupt` step, which holds the subset's images and no others.
 */
export function makePretraining(builder: Builder): Pretraining {
  const corrupted = new Map<string, CorruptedRole>();

  const clean = (amount: Amount, at: At & { readonly method: Method }): Part => ({
    images: builder.ingest(amount.role, at.pixels),
    subset: builder.subset(amount, at),
  });
  const corrupt = (
    amount: Amount,
    corruption: Corruption,
    at: Parameters<typeof clean>[1],
  ): Part => {
    const name = corruptionName(corruption);
    const key = builder.add(
      { kind: "corrupt", spec: { corruption: json(corruption) }, needs: { ...clean(amount, at) } },
      `${amountName(amount)}, ${name}, seed ${at.seed}`,
    );
    const id = `${amount.role} ${name}`;
    if (!corrupted.has(id)) corrupted.set(id, { role: amount.role, corruption, key });
    return { images: key };
  };

  return {
    pretrain(encoder, at) {
      const { method, network, training, corruption, replica } = encoder;
      // A replica sees the same images, so that it differs by the luck of its training alone.
      const seed = at.seed + replica * replicaStride;
      // A pool is the same whatever the order in which its parts were written.
      const sources = encoder.sources.toSorted((a, b) => a.role < b.role ? -1 : 1);
      if (sources.length === 0) {
        return builder.add(
          { kind: "pretrain", spec: { method, network: json(network), seed }, needs: {} },
          `untrained, seed ${seed}`,
        );
      }
      const isClean = corruption.kind === "clean";
      const drawn = { ...at, method };
      const parts = sources.map((one) =>
        isClean ? clean(one, drawn) : corrupt(one, corruption, drawn)
      );
      const spec = {
        method,
        network: json(network),
        training: json(training),
        corruption: json(corruption),
        seed,
      };
      const done = isClean ? "" : `, ${corruptionName(corruption)}`;
      return builder.add(
        { kind: "pretrain", spec, needs: needsOf(parts) },
        `${method} on ${sources.map(amountName).join(" + ")}${done}, seed ${seed}`,
      );
    },
    corruptions: () => [...corrupted.values()],
  };
}

/** The steps that hold a part of a source: its images, and which of them, unless all. */
interface Part {
  readonly images: string;
  readonly subset?: string;
}

/** The parts under their names, which bear a number where there are several. */
function needsOf(parts: readonly Part[]): Step["needs"] {
  const entries = parts.flatMap((part, i) =>
    Object.entries(part).map(([name, key]) => [parts.length === 1 ? name : `${name}${i}`, key])
  );
  return Object.fromEntries(entries);
}

/** Plain data of the DSL as JSON; its interfaces have no index signature, so the compiler needs to be told. */
function json(value: object | null): Json {
  return value as Json;
}
