import {
  type Condition,
  type EncoderSpec,
  type FinetuneSettings,
  isCheckpoint,
  type Network,
  type Outside,
} from "@/dsl/mod.ts";
import type { Recipe } from "@/lib/plan/step.ts";

/** What the planner has to know of an encoder from outside. */
export interface PlanEncoder extends Outside {
  readonly network: Network;
}

/** The encoders from outside that checkpoints may name. */
export interface PlanEncoders {
  /** The file that names them; absent where there is none. */
  readonly file?: string;
  /** All names that it has. */
  readonly names: readonly string[];
  /** Those that are used. */
  readonly named: ReadonlyMap<string, PlanEncoder>;
}

/** None at all. */
export const noEncoders: PlanEncoders = { names: [], named: new Map() };

/** Conditions with what is known of their encoders from outside; one that nobody knows stays as it is. */
export function withOutside(
  conditions: readonly Condition[],
  { named }: PlanEncoders,
): readonly Condition[] {
  // Conditions share their encoders, and are told apart by them as fast as before.
  const known = new Map<EncoderSpec, EncoderSpec>();
  const whole = (encoder: EncoderSpec): EncoderSpec => {
    const found = known.get(encoder) ?? resolved(encoder, named);
    known.set(encoder, found);
    return found;
  };
  return conditions.map((condition) =>
    condition.encoders.some(({ network }) => isCheckpoint(network))
      ? seenByOutside({ ...condition, encoders: condition.encoders.map(whole) })
      : condition
  );
}

/**
 * A condition whose encoder from outside, if it is trained on, sees images and views at its own size, unless the declaration
 * gives another: it knows things best at that at which it saw them.
 */
function seenByOutside(condition: Condition): Condition {
  const { probe, encoders: [first] } = condition;
  if (probe.kind !== "finetune" || first?.outside === undefined) return condition;
  const { pixels } = first.outside, [{ augmentation, ...group }] = probe.settings.views;
  const settings: FinetuneSettings = {
    ...probe.settings,
    views: [{ ...group, augmentation: { ...augmentation, pixels } }],
    wholePixels: pixels,
    ...probe.changes.settings,
  };
  return { ...condition, probe: { ...probe, settings } };
}

function resolved(encoder: EncoderSpec, named: PlanEncoders["named"]): EncoderSpec {
  const found = isCheckpoint(encoder.network) ? named.get(encoder.network.name) : undefined;
  if (found === undefined) return encoder;
  const { network, sha256, layout, pixels, normalisation, source, licence } = found;
  const outside: Outside = {
    ...{ sha256, pixels, normalisation },
    ...layout !== undefined && { layout },
    ...source !== undefined && { source },
    ...licence !== undefined && { licence },
  };
  return { ...encoder, network, outside };
}

/** The names of the encoders from outside that conditions use, each once. */
export function checkpointsOf(conditions: readonly Condition[]): readonly string[] {
  return [
    ...new Set(
      conditions.flatMap(({ encoders }) => encoders.flatMap(({ checkpoint }) => checkpoint ?? [])),
    ),
  ];
}

/** The step that reads an encoder from outside: of which file, is all that its key rests on. */
export function importRecipe(
  network: Network,
  { sha256, layout }: Pick<Outside, "sha256" | "layout">,
): Recipe<"import"> {
  const spec = { sha256, network, ...layout !== undefined && { layout } };
  return { kind: "import", spec, needs: {} };
}
