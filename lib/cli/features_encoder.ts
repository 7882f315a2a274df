import { type Floor, floorNames, floors, isFloorName } from "@/dsl/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import { askedStudy, namesOf, reachedFrom } from "@/lib/cli/asked.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { readOutside } from "@/lib/cli/outside.ts";
import type { Study } from "@/lib/cli/study.ts";
import type { WorldSize } from "@/lib/data/mod.ts";
import { importRecipe, makeStep, type SpecOf, type Step, withNeeds } from "@/lib/plan/mod.ts";
import { encoderNames } from "@/lib/pretrained/mod.ts";
import { shortKey } from "@/lib/results/mod.ts";
import { isQuestionId } from "@/lib/question/mod.ts";
import { filesIn, plansIn, readCode, readPlan, type WeightsFile } from "@/lib/run/mod.ts";
import { findStore, statusOf, type StepStatus } from "@/lib/store/mod.ts";

/** What looks at images. */
export type NamedEncoder =
  | { readonly floor: Floor; readonly pixels?: number }
  /** Of a study, which has it in the store. */
  | EncoderStep & { readonly study: Study }
  /** That a question had trained or read, whose plan the store keeps. */
  | EncoderStep & { readonly world: WorldSize }
  /** From outside, which is yet to be read. */
  | EncoderStep & {
    /** The file of weights of its SHA-256. */
    readonly weights: ReadonlyMap<string, WeightsFile>;
  };

/** The step that makes an encoder, and how it sees images. */
interface EncoderStep {
  readonly step: Step;
  /** It, and all that it was made from. */
  readonly chain: readonly Step[];
  /** Side of the images that it sees. */
  readonly pixels: number;
  /** What else the recipe of its features says. */
  readonly spec: SpecOf<"features">;
}

/**
 * The encoder of a name: a floor, one from outside, or that of a condition, or of a step of a study or of a question by the first
 * digits of its key.
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
  const { encoders: file } = at.options;
  const names = file === undefined ? [] : await encoderNames(file);
  if (file !== undefined && names.includes(name)) return await fromOutside(name, file);
  const asked = await ofQuestion(name, at);
  if (asked !== undefined) return asked;
  const outside = [...names, ...floorNames];
  const { study, asked: found } = await askedStudy(name, ["all"], { ...at, others: outside });
  const { plan, status } = study;
  const [key, ...others] = "steps" in found
    ? found.steps.filter(({ kind }) => kind === "pretrain").map((step) => step.key)
    : new Set(found.conditions.flatMap(({ encoders }) => encoders));
  const planned = plan.conditions.find(({ encoders }) => encoders.includes(key ?? ""));
  if (key === undefined || planned === undefined) {
    throw new InputError("--encoder", `the step "${name}" makes no encoder`, "Name a condition");
  }
  if (others.length > 0) {
    const names = "steps" in found ? [] : namesOf(found);
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
  checkThere(
    name,
    status.get(key)!,
    `deno task reproduce ${experiment} --scale ${study.scale.name}`,
  );
  const chain = withNeeds(plan.steps, (one) => one === step);
  return { step, chain, study, pixels, ...seenBy(step, plan.steps) };
}

/** What a question had trained, or read from outside, by the first digits of its key. */
async function ofQuestion(
  digits: string,
  { options, root }: { readonly options: StudyOptions; readonly root: string },
): Promise<(EncoderStep & { readonly world: WorldSize }) | undefined> {
  if (!/^[0-9a-f]{4,64}$/.test(digits)) return undefined;
  const store = await findStore(options.store), { trustCode } = options;
  for (const { id, head } of (await plansIn(store)).plans) {
    if (!head.experiments.some((one) => isQuestionId(one.id))) continue;
    const steps = (await readPlan(store, id)).steps.map(({ step }) => step);
    const [step, other] = steps.filter(({ kind, key }) =>
      (kind === "pretrain" || kind === "import") && key.startsWith(digits)
    );
    if (step === undefined) continue;
    if (other !== undefined) {
      throw new InputError(
        "--encoder",
        `"${digits}" stands for several encoders`,
        "Give more digits",
      );
    }
    const chain = withNeeds(steps, (one) => one === step);
    const status = await statusOf(chain, store, { code: await readCode(filesIn(root)), trustCode });
    checkThere(digits, status.get(step.key)!, head.command);
    const { spec, pixels } = seenBy(step, steps);
    if (pixels === undefined) continue;
    return { step, chain, spec, pixels, world: head.world };
  }
  return undefined;
}

/** Refuses an encoder that the store has not got, with the command that makes it. */
function checkThere(name: string, { freshness, detail }: StepStatus, command: string): void {
  if (freshness === "cached") return;
  throw new InputError(
    "--encoder",
    `the encoder of "${name}" is not in the store (${freshness}: ${detail})`,
    `Make it: ${command}${
      freshness === "code changed" ? ", or take it as it is with --trust-code" : ""
    }`,
  );
}

async function fromOutside(name: string, file: string): Promise<NamedEncoder> {
  const { named, weights } = await readOutside([name], file);
  const encoder = named.get(name)!;
  const step = makeStep(importRecipe(encoder.network, encoder), `checkpoint ${name}`);
  const { pixels, normalisation } = encoder;
  return { step, chain: [step], pixels, spec: { normalisation }, weights };
}

/** How the study itself has an encoder see images, where it does not train all of it. */
function seenBy(
  { key, kind }: Step,
  steps: readonly Step[],
): { readonly spec: SpecOf<"features">; readonly pixels?: number } {
  const features = steps.find((one) => one.kind === "features" && one.needs.encoder === key);
  if (features?.kind === "features") {
    const images = reachedFrom(features.needs.images!, steps);
    const ingest = steps.find((one) => one.kind === "ingest" && images.has(one.key));
    if (ingest?.kind === "ingest") return { spec: features.spec, pixels: ingest.spec.pixels };
  }
  if (kind === "pretrain") return { spec: {} };
  throw new InputError(
    "--encoder",
    "no condition says how it sees images",
    "Add one with the probe linear or knn",
  );
}
