import type { Step } from "@/lib/plan/step.ts";

/** Steps of one kind, pretrainings of one method, taken together. */
export interface StepGroup {
  readonly kind: string;
  /** Of pretrainings. */
  readonly method: string | null;
  readonly steps: readonly Step[];
}

/** Groups of steps, and which of them read what others make. */
export interface StepGroups {
  /** The shallowest first. */
  readonly groups: readonly StepGroup[];
  /** Places in `groups`: the second reads what the first makes. */
  readonly edges: readonly (readonly [number, number])[];
}

/**
 * Takes steps together by kind, so that some hundreds can be seen at once.
 *
 * @param steps Each after all that it needs; what is needed and not among them is left out.
 */
export function groupSteps(steps: readonly Step[]): StepGroups {
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const needed = new Map<string, Set<string>>();
  for (const step of steps) {
    const name = nameOf(step);
    const needs = needed.get(name) ?? new Set<string>();
    for (const key of Object.values(step.needs)) {
      const need = byKey.get(key);
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
  const named = [...Map.groupBy(steps, nameOf)].toSorted(([a], [b]) => depthOf(a) - depthOf(b));
  const groups = named.map(([, some]): StepGroup => {
    const [step] = some as [Step];
    return {
      kind: step.kind,
      method: step.kind === "pretrain" ? step.spec.method : null,
      steps: some,
    };
  });
  const places = new Map(named.map(([name], i) => [name, i]));
  const edges = named.flatMap(([name], to) =>
    [...needed.get(name)!].map((need): readonly [number, number] => [places.get(need)!, to])
  );
  return { groups, edges };
}

function nameOf(step: Step): string {
  return step.kind === "pretrain" ? `pretrain ${step.spec.method}` : step.kind;
}
