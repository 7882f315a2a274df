import {
  type Amount,
  type Corruption,
  corruptionName,
  type EncoderSpec,
  isCheckpoint,
  isFloor,
  type Method,
  networkName,
  type Role,
} from "@/dsl/mod.ts";
import { amountName, type At, type Builder, whenOf } from "@/lib/plan/builder.ts";

/** A role, what is done to its images, and the step that does it. */
export interface CorruptedRole {
  readonly role: Role;
  readonly corruption: Corruption;
  /** Key of the `corrupt` step. */
  readonly key: string;
}

/** Makes `pretrain` steps and what they read. */
export interface Pretraining {
  /**
   * The step of an encoder; returns its key.
   *
   * @throws {TypeError} If it is a floor or from outside, which have none.
   */
  pretrain(encoder: EncoderSpec, at: At): string;
  /** The first step of each corruption of each role so far. */
  corruptions(): readonly CorruptedRole[];
}

// More than any study has seeds.
const replicaStride = 1_000_000;

/** Makes `pretrain` steps in a builder. */
export function makePretraining(builder: Builder): Pretraining {
  const corrupted = new Map<string, CorruptedRole>();

  const clean = (amount: Amount, at: At & { readonly method: Method }) => ({
    images: builder.ingest(amount.role, at.pixels),
    subset: builder.subset(amount, at),
  });
  const corrupt = (
    amount: Amount,
    corruption: Corruption,
    at: Parameters<typeof clean>[1],
  ): string => {
    const name = corruptionName(corruption);
    const key = builder.add(
      { kind: "corrupt", spec: { corruption }, needs: clean(amount, at) },
      `${amountName(amount)}, ${name}${whenOf(at)}`,
    );
    const id = `${amount.role} ${name}`;
    if (!corrupted.has(id)) corrupted.set(id, { role: amount.role, corruption, key });
    return key;
  };

  const make: Pretraining["pretrain"] = (encoder, at) => {
    const { method, network, ownNetwork, training, changes, corruption, replica } = encoder;
    if (isFloor(network) || isCheckpoint(network)) {
      throw new TypeError(`What ${method} makes is not trained`);
    }
    // A replica sees the same images, so that it differs by the luck of its training alone.
    const seed = at.seed + replica * replicaStride;
    const when = whenOf({ ...at, seed }), shape = ownNetwork ? `, ${networkName(network)}` : "";
    // A pool is the same whatever the order in which its parts were written.
    const sources = encoder.sources.toSorted((a, b) => a.role < b.role ? -1 : 1);
    if (training === null) {
      const needs = { images: [], subset: [] };
      return builder.add(
        { kind: "pretrain", spec: { method, network, seed }, needs },
        `untrained${shape}${when}`,
      );
    }
    const isClean = corruption.kind === "clean";
    const drawn = { ...at, method };
    const parts = isClean ? sources.map((one) => clean(one, drawn)) : [];
    const needs = isClean
      ? { images: parts.map(({ images }) => images), subset: parts.map(({ subset }) => subset) }
      : { images: sources.map((one) => corrupt(one, corruption, drawn)), subset: [] };
    const spec = { method, network, training, corruption, seed };
    const done = isClean ? "" : `, ${corruptionName(corruption)}`;
    const changed = changes.text === "" ? "" : `, ${changes.text}`;
    return builder.add(
      { kind: "pretrain", spec, needs },
      `${method} on ${sources.map(amountName).join(" + ")}${done}${changed}${shape}${when}`,
    );
  };

  // The conditions of an experiment share their encoders, whose recipes are long.
  const made = new Map<EncoderSpec, Map<string, string>>();
  return {
    pretrain(encoder, at) {
      const keys = made.get(encoder) ?? new Map<string, string>();
      made.set(encoder, keys);
      const id = `${at.pixels} ${at.seed}`, key = keys.get(id) ?? make(encoder, at);
      keys.set(id, key);
      return key;
    },
    corruptions: () => [...corrupted.values()],
  };
}
