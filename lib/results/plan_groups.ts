import type { Origin } from "@/lib/results/origins.ts";

/** Steps of one kind, pretrainings of one method, taken together. */
export interface PlanGroup {
  readonly kind: string;
  /** Of pretrainings. */
  readonly method: string | null;
  readonly steps: number;
  /** What they took, summed. */
  readonly seconds: number;
}

/** What of a plan stands in the store: its groups, and which of them read what others made. */
export interface PlanGroups {
  /** The shallowest first. */
  readonly groups: readonly PlanGroup[];
  /** Places in `groups`: the second reads what the first made. */
  readonly edges: readonly (readonly [number, number])[];
}

/**
 * Takes the steps of a plan together by kind, so that some hundreds can be seen at once.
 *
 * @param origins By step key, each after all that it needs.
 */
export function planGroups(origins: ReadonlyMap<string, Origin>): PlanGroups {
  const nameOf = ({ step }: Origin) =>
    step.kind === "pretrain" ? `pretrain ${step.spec.method}` : step.kind;
  const needed = new Map<string, Set<string>>();
  for (const origin of origins.values()) {
    const name = nameOf(origin);
    const needs = needed.get(name) ?? new Set<string>();
    for (const key of Object.values(origin.step.needs)) {
      const need = origins.get(key);
      if (need !== undefined) needs.add(nameOf(need));
    }
    needed.set(name, needs);
  }
  const depths = new Map<string, number>();
  /** How many groups have to be worked before one, one after another: 0 for what needs nothing. */
  const depthOf = (name: string): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    const depth = Math.max(-1, ...[...needed.get(name)!].map(depthOf)) + 1;
    depths.set(name, depth);
    return depth;
  };
  const named = [...Map.groupBy(origins.values(), nameOf)]
    .toSorted(([a], [b]) => depthOf(a) - depthOf(b));
  const groups = named.map(([, some]): PlanGroup => {
    const { step } = some[0]!;
    return {
      kind: step.kind,
      method: step.kind === "pretrain" ? step.spec.method : null,
      steps: some.length,
      seconds: some.reduce((sum, { manifest }) => sum + manifest.made.seconds, 0),
    };
  });
  const places = new Map(named.map(([name], i) => [name, i]));
  const edges = named.flatMap(([name], to) =>
    [...needed.get(name)!].map((need): readonly [number, number] => [places.get(need)!, to])
  );
  return { groups, edges };
}
