import type { FinetuneSettings, Training } from "@/dsl/mod.ts";
import { rateAtBatch } from "@/dsl/mod.ts";
import { aroundOf } from "@/lib/plan/around.ts";
import type { Around, HeldBytes, Sizes } from "@/lib/plan/kind.ts";
import { kinds, type StepKind } from "@/lib/plan/kinds/mod.ts";
import { needsOf, type Step, type StepOf } from "@/lib/plan/step.ts";

// Of a process that works steps: Deno, tfjs and TensorFlow (0.38 GB), and what reading and compiling take.
const processBytes = 450e6;

// On an accelerator, of a process that uses it: the driver's context, and XLA's programs.
const contextBytes = 600e6;

/** The memory that there is for the working of a step. */
export interface Room {
  /** Whether tensors lie in the machine's own memory. */
  readonly isHost: boolean;
  /** Devices that work one step together. */
  readonly replicas: number;
  /** Bytes of the machine; `Infinity` where it is not known. */
  readonly host: number;
  /** Bytes of each device that has its own; `Infinity` where it is not known. */
  readonly device: number;
}

/** Bytes that the working of a step takes. */
export interface NeededBytes {
  /** Of the machine's memory. */
  readonly host: number;
  /** Of each device's own; 0 of what computes nothing, or in the machine's. */
  readonly device: number;
}

/** What a training is told of its batch. */
export interface BatchSettings {
  /** Images a step. */
  readonly batch: number;
  /** The peak of its schedule, or the peaks that are tried. */
  readonly learningRates: readonly number[];
}

/** A step that does not fit, and what would. */
export interface Unfit {
  readonly step: Step;
  readonly needed: NeededBytes;
  /** Of a training: its own batch. */
  readonly settings?: BatchSettings;
  /** Of a training: on how many devices of that memory it would fit, a power of two. */
  readonly replicas?: number;
  /** Of a training: the largest batch of a power of two that would fit, with the learning rates that it has by its optimizer's rule. */
  readonly smaller?: BatchSettings;
}

/** Trainings whose batch so many devices cannot share evenly. */
export function unevenOn(replicas: number, steps: readonly Step[]): readonly Step[] {
  return steps.filter((step) => (settingsOf(step)?.batch ?? 0) % replicas !== 0);
}

/** The bytes that the steps of a plan are expected to hold. */
export interface MemoryModel {
  /** Of one of its steps, or of one that has another recipe in its place. */
  heldBy(step: Step): HeldBytes;
}

/**
 * The bytes that each step of a plan is expected to hold at once, at most: a model of what its recipe puts into memory; see
 * `training_memory.ts` and its neighbours. Nothing is measured for it.
 *
 * @param steps All of the plan.
 * @param sizes The counts of a data set by its identity.
 */
export function memoryModel(
  steps: readonly Step[],
  sizes: ReadonlyMap<string, Sizes>,
): MemoryModel {
  const around = aroundOf(steps, sizes);
  return { heldBy: (step) => heldBy(step, around) };
}

function heldBy<K extends StepKind>(step: StepOf<K>, around: Around): HeldBytes {
  return kinds[step.kind].memory({ spec: step.spec, needs: needsOf(step) }, around);
}

/** What the working of a step takes, its process included. */
export function neededIn(
  { isHost, replicas }: Pick<Room, "isHost" | "replicas">,
  { host, device, divided }: HeldBytes,
): NeededBytes {
  if (isHost) return { host: processBytes + host + device + divided, device: 0 };
  const own = device + divided / replicas;
  return { host: processBytes + host, device: own === 0 ? 0 : contextBytes + own };
}

/** Whether there is room for what a step holds. */
export function fitsIn(room: Room, held: HeldBytes): boolean {
  const needed = neededIn(room, held);
  return needed.host <= room.host && needed.device <= room.device;
}

/** The steps for which there is no room, each with what would fit. */
export function unfitIn(
  room: Room,
  steps: readonly Step[],
  model: MemoryModel,
): readonly Unfit[] {
  return steps.flatMap((step): Unfit | readonly Unfit[] => {
    const held = model.heldBy(step);
    if (fitsIn(room, held)) return [];
    const needed = neededIn(room, held), settings = settingsOf(step);
    if (settings === undefined) return { step, needed };
    const replicas = room.isHost ? undefined : powersOfTwo(2 * room.replicas, settings.batch)
      .find((count) => fitsIn({ ...room, replicas: count }, held));
    const batch = powersOfTwo(1, settings.batch - 1)
      .findLast((one) => fitsIn(room, model.heldBy(withBatch(step, one))));
    return {
      ...{ step, needed, settings },
      ...replicas !== undefined && { replicas },
      ...batch !== undefined && { smaller: settingsOf(withBatch(step, batch))! },
    };
  });
}

function powersOfTwo(from: number, to: number): readonly number[] {
  const first = Math.ceil(Math.log2(from)), last = Math.floor(Math.log2(to));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => 2 ** (first + i));
}

/** Of a step that trains a network. */
function settingsOf({ kind, spec }: Step): BatchSettings | undefined {
  if (kind === "finetune") {
    const { batch, learningRates } = spec.settings;
    return { batch, learningRates };
  }
  if (kind !== "pretrain" || spec.training === undefined) return undefined;
  const { batch, learningRate } = spec.training;
  return { batch, learningRates: [learningRate] };
}

/** The settings of a training with the next smaller batch of a power of two, at the rate that its optimizer's rule gives then. */
export function withSmallerBatch(step: Step): BatchSettings | undefined {
  const settings = settingsOf(step);
  const batch = settings && powersOfTwo(1, settings.batch - 1).at(-1);
  return batch === undefined ? undefined : settingsOf(withBatch(step, batch));
}

/** "batch: 256, learningRate: 0.3", as an experiment says it. */
export function batchSettingsText({ batch, learningRates }: BatchSettings): string {
  const rates = learningRates.length === 1
    ? `learningRate: ${learningRates[0]}`
    : `learningRates: [${learningRates.join(", ")}]`;
  return `batch: ${batch}, ${rates}`;
}

/** A step that trains a network as it would be with another batch. */
function withBatch(step: Step, batch: number): Step {
  if (step.kind === "finetune") {
    const settings = rated(step.spec.settings, batch);
    return { ...step, spec: { ...step.spec, settings } };
  }
  if (step.kind !== "pretrain" || step.spec.training === undefined) return step;
  const { training } = step.spec, learningRate = rateAtBatch(training, batch);
  return { ...step, spec: { ...step.spec, training: { ...training, batch, learningRate } } };
}

function rated(settings: FinetuneSettings, batch: number): FinetuneSettings {
  const learningRates = settings.learningRates.map((learningRate) =>
    rateAtBatch({ ...settings, learningRate } satisfies Partial<Training>, batch)
  );
  return { ...settings, batch, learningRates };
}
