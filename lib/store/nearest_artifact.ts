import type { Json } from "@/lib/base/canonical_json.ts";
import { type Difference, differencesOf } from "@/lib/base/differences.ts";
import type { FlatNeeds, Step, StepKind } from "@/lib/plan/mod.ts";
import type { Manifest } from "@/lib/store/manifest.ts";

/** A recipe, be it of a step or of an artifact. */
export interface Piece {
  readonly key: string;
  readonly kind: StepKind;
  readonly spec: object;
  /** Keys. */
  readonly needs: FlatNeeds;
}

/** A field in which two recipes differ, their own or that of something they stand on. */
export interface RecipeDifference extends Difference {
  /** The names of the inputs that lead to it; none for a field of the recipe itself. */
  readonly within: readonly string[];
}

/** An artifact that a step is compared with. */
export interface Nearest {
  readonly manifest: Manifest;
  readonly differences: readonly RecipeDifference[];
}

/** What an artifact was made of, as a recipe. */
function pieceOf({ key, kind, spec, needs }: Manifest): Piece {
  const keys = Object.entries(needs).map(([name, need]) => [name, need.key]);
  return { key, kind, spec, needs: Object.fromEntries(keys) };
}

/**
 * The artifact of the same kind whose recipe differs from a step's in the fewest fields, counted with those of all that it stands
 * on. Of several the one that no step of today asks for, since it is likely what the step was before; then the newest.
 *
 * @param steps Today's plan, by key.
 * @param artifacts Those of the store, by key.
 */
export function nearestArtifact(
  step: Step,
  { steps, artifacts }: {
    readonly steps: ReadonlyMap<string, Step>;
    readonly artifacts: ReadonlyMap<string, Manifest>;
  },
): Nearest | undefined {
  const pieces = new Map<string, Piece>();
  const was = (key: string) => {
    const manifest = artifacts.get(key);
    if (manifest !== undefined && !pieces.has(key)) pieces.set(key, pieceOf(manifest));
    return pieces.get(key);
  };
  let best: Nearest | undefined;
  const isBetter = (one: Nearest): boolean => {
    if (best === undefined) return true;
    const asked = (of: Nearest) => Number(steps.has(of.manifest.key));
    return (one.differences.length - best.differences.length ||
      asked(one) - asked(best) ||
      (one.manifest.made.at > best.manifest.made.at ? -1 : 1)) < 0;
  };
  for (const manifest of artifacts.values()) {
    if (manifest.kind !== step.kind) continue;
    const most = best?.differences.length ?? Infinity;
    const differences: RecipeDifference[] = [];
    const all = recipeDifferences(pieceOf(manifest), step, { was, is: (key) => steps.get(key) });
    for (const one of all) {
      differences.push(one);
      // One that is further off need not be known to its end.
      if (differences.length > most) break;
    }
    const one = { manifest, differences };
    if (isBetter(one)) best = one;
  }
  return best;
}

/** How the recipes behind keys are found. */
interface Known {
  was(key: string): Piece | undefined;
  is(key: string): Piece | undefined;
}

/** Every field in which two recipes differ; what both stand on in several ways counts once. */
function* recipeDifferences(
  was: Piece,
  is: Piece,
  known: Known,
  { within = [], seen = new Set<string>() }: {
    readonly within?: readonly string[];
    readonly seen?: Set<string>;
  } = {},
): Generator<RecipeDifference> {
  const pair = `${was.key} ${is.key}`;
  if (was.key === is.key || seen.has(pair)) return;
  seen.add(pair);
  let found = false;
  const own = ({ kind, spec }: Piece) => ({ kind, ...spec }) as { readonly [name: string]: Json };
  for (const difference of differencesOf(own(was), own(is))) {
    found = true;
    yield { ...difference, within };
  }
  for (const name of new Set([...Object.keys(was.needs), ...Object.keys(is.needs)])) {
    const [before, now] = [was.needs[name], is.needs[name]];
    if (before === now) continue;
    found = true;
    const [one, other] = [before && known.was(before), now && known.is(now)];
    if (typeof one === "object" && typeof other === "object") {
      yield* recipeDifferences(one, other, known, { within: [...within, name], seen });
    } else {
      // It reads one more or less, or what it read is gone from the store.
      yield {
        ...{ path: `input ${name}`, within },
        ...before !== undefined && { was: before },
        ...now !== undefined && { is: now },
      };
    }
  }
  // The same recipe under another key: what it means was changed on purpose.
  if (!found) yield { path: "version of the kind", within };
}
