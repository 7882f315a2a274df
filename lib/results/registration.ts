import type { Experiment } from "@/dsl/mod.ts";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { familiesOf } from "@/lib/results/families.ts";

/** What a study commits itself to before it has a result: its claims, how each is measured and tested, and how many they are. */
export interface Registration {
  /** The SHA-256 of `text`. */
  readonly hash: string;
  /** Canonical JSON, for people and programs. */
  readonly text: string;
}

/**
 * The registration of a study.
 *
 * @param registry All experiments that there are, whatever of them is run.
 * @param looks At how many seeds the claims are looked at; none for a single look.
 */
export function registrationOf(
  registry: readonly Experiment[],
  looks: readonly number[],
): Registration {
  const claims = registry.flatMap(({ id, claims }) =>
    claims.map((claim) => ({ experiment: id, ...claim }))
  );
  const plain = {
    alpha: "0.05, one-sided each way, in each family; Holm 1979 over its claims",
    families: familiesOf(registry),
    looks,
    claims,
  };
  const text = `${canonicalJson(plain)}\n`;
  return { hash: sha256(text), text };
}
