import { type Floor, floors, isFloorName } from "@/dsl/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import { askedStudy, namesOf } from "@/lib/cli/asked.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import type { Study } from "@/lib/cli/study.ts";
import { type Step, withNeeds } from "@/lib/plan/mod.ts";
import { shortKey } from "@/lib/results/mod.ts";

/** What looks at images. */
export type NamedEncoder =
  | { readonly floor: Floor; readonly pixels?: number }
  | {
    /** The step that made it, which stands in the store. */
    readonly step: Step;
    /** It, and all that it was made from. */
    readonly chain: readonly Step[];
    /** Side of the images that it sees. */
    readonly pixels: number;
    readonly study: Study;
  };

/**
 * The encoder of a name: a floor, or that of a condition, or of a step by the first digits of its key.
 *
 * @param options Of the study that the condition is of.
 * @throws {InputError | InputErrors} As {@linkcode askedStudy} does, and if the name stands for several or the store has not got it.
 */
export async function namedEncoder(
  name: string,
  at: { readonly options: StudyOptions; readonly root: string },
): Promise<NamedEncoder> {
  const floor = name.replace(/\(\)$/, "");
  if (isFloorName(floor)) return { floor: floors[floor] };
  const { study, asked } = await askedStudy(name, ["all"], at);
  const { plan, status } = study;
  const [key, ...others] = "steps" in asked
    ? asked.steps.filter(({ kind }) => kind === "pretrain").map((step) => step.key)
    : new Set(asked.conditions.flatMap(({ encoders }) => encoders));
  const planned = plan.conditions.find(({ encoders }) => encoders.includes(key ?? ""));
  if (key === undefined || planned === undefined) {
    throw new InputError("--encoder", `the step "${name}" makes no encoder`, "Name a condition");
  }
  if (others.length > 0) {
    const names = "steps" in asked ? [] : namesOf(asked);
    throw new InputError(
      "--encoder",
      `"${name}" stands for ${others.length + 1} encoders`,
      names.length > 1
        ? `Give the whole name of one condition, such as ${names.slice(0, 3).join("; ")}`
        : `Give the first digits of one's key: ${[key, ...others].map(shortKey).join(", ")}`,
    );
  }
  const step = plan.steps.find((one) => one.key === key)!;
  const { pixels, experiment } = planned.condition;
  if (step.kind === "features") return { floor: step.spec.floor!, pixels };
  const { freshness, detail } = status.get(key)!;
  if (freshness !== "cached") {
    throw new InputError(
      "--encoder",
      `the encoder of "${name}" is not in the store (${freshness}: ${detail})`,
      `Train it: deno task reproduce ${experiment} --scale ${study.scale.name}${
        freshness === "code changed" ? ", or take it as it is with --trust-code" : ""
      }`,
    );
  }
  return { step, chain: withNeeds(plan.steps, (one) => one === step), pixels, study };
}
