import { disposeNamed } from "@/lib/tensor/mod.ts";
import { isFiniteState, noneEarlier, readState, restoreState } from "@/lib/train/checkpoint.ts";
import type { Saving } from "@/lib/train/checkpoint_folder.ts";
import { type EpochMetrics, epochMetrics, type Metrics, type Told } from "@/lib/train/curve.ts";
import type { Feed } from "@/lib/train/feed.ts";
import { refuseNonFinite } from "@/lib/train/non_finite_loss.ts";
import type { Course } from "@/lib/train/schedule.ts";
import type { StateSpecs, TrainingState } from "@/lib/train/state.ts";

/** What a training has of its own; all else is the same for every one. */
export interface TrainingPlan<Inputs, Point> {
  /** What its state is made of. */
  readonly specs: StateSpecs;
  /** Makes the state before the first step. */
  readonly start: () => TrainingState;
  /** Makes the next state of the given one, which it consumes; the inputs are left as they are. */
  readonly step: (
    state: TrainingState,
    inputs: Inputs,
  ) => Promise<Told & { readonly state: TrainingState }>;
  readonly feed: Feed<Inputs>;
  readonly course: Pick<Course, "stepsPerEpoch" | "totalSteps">;
  /** What there is to tell of an epoch that is done, in JSON. */
  readonly pointOf: (epoch: Epoch<Point>) => Point | Promise<Point>;
  /** Saves it while it is under way, and goes on from what is saved; the result does not depend on it. */
  readonly saving?: Saving | undefined;
  /** Told after every step how many are done; first of all, where a checkpoint is gone on from, its. */
  readonly onStep?: (done: number) => void;
}

/** An epoch that is done. */
export interface Epoch<Point> extends Metrics, Pick<EpochMetrics, "diagnose"> {
  /** From 1. */
  readonly epoch: number;
  /** Time spent on the training by its end. */
  readonly seconds: number;
  /** What was told of the epoch before it. */
  readonly before: Point | undefined;
}

/** A training that is done; disposes its state at the end of a scope. */
export interface Trained<Point> extends Disposable {
  readonly state: TrainingState;
  /** What was told of each epoch. */
  readonly curve: readonly Point[];
  /** Time spent on it, before stops too. */
  readonly seconds: number;
  /** The share of the time in which a step waited for its inputs, since it began or last went on. */
  readonly dataWait: number;
}

/**
 * The training loop. The state after a step depends on the state before it and on the step's number alone, so that a training
 * that was stopped, by whatever, and goes on from a checkpoint gives the bits of one that was left alone.
 *
 * @throws {NonFiniteLossError} At the end of an epoch, or at a checkpoint, if a loss was not a finite number.
 * @throws {InputError} If a checkpoint cannot be written.
 * @throws {StoppedError} After a checkpoint, if it was asked to end there.
 */
export async function train<Inputs, Point>(
  training: TrainingPlan<Inputs, Point>,
): Promise<Trained<Point>> {
  const { specs, step, feed, saving, onStep, course: { stepsPerEpoch, totalSteps } } = training;

  // 1. It begins, or goes on from a checkpoint.
  const begun = saving?.begun?.progress;
  const first = begun?.done ?? 0;
  const curve = [...begun?.curve as readonly Point[] ?? []];
  const metrics = epochMetrics(begun?.metrics);
  const secondsBefore = begun?.seconds ?? 0;
  const started = performance.now();
  const secondsHere = () => (performance.now() - started) / 1000;
  const readMetrics = async (done: number): Promise<Metrics> => {
    const read = await metrics.read();
    refuseNonFinite(read.losses, { done, stepsPerEpoch, checkpoint: lastOf(saving) });
    return read;
  };
  let state = saving?.begun === undefined
    ? training.start()
    : restoreState(saving.begun.tensors, specs);
  let waited = 0;
  let inputs: Inputs | undefined;
  let next: Promise<Inputs> | undefined;
  try {
    if (first > 0) onStep?.(first);
    for (let done = first; done < totalSteps;) {
      // 2. A step. It runs on another thread: the next one's inputs are read and drawn meanwhile.
      const asked = secondsHere();
      inputs = await (next ?? feed.take(done));
      next = undefined;
      waited += secondsHere() - asked;
      const running = step(state, inputs);
      if (done + 1 < totalSteps) {
        next = feed.take(done + 1);
        // It is awaited in its turn, which may be after it fails.
        next.catch(() => {});
      }
      const { state: after, ...told } = await running;
      state = after;
      metrics.add(told);
      feed.release(inputs);
      inputs = undefined;
      done++;

      // 3. An epoch ends: what it told is looked at.
      const epochEnds = done % stepsPerEpoch === 0;
      if (epochEnds) {
        const read = await readMetrics(done);
        const seconds = secondsBefore + secondsHere();
        const epoch = done / stepsPerEpoch, before = curve.at(-1), { diagnose } = metrics;
        curve.push(await training.pointOf({ ...read, epoch, seconds, before, diagnose }));
        metrics.clear();
      }

      // 4. A checkpoint, where it is time for one.
      if (done < totalSteps && saving?.checkpoints.due({ epochEnds })) {
        await saving.checkpoints.save(async () => {
          const read = await readMetrics(done);
          const tensors = await readState(state, specs);
          // The step that spoils a state still has a finite loss; the next one tells.
          if (!isFiniteState(tensors)) return null;
          const seconds = secondsBefore + secondsHere();
          const { earlier = noneEarlier } = saving;
          return { progress: { done, seconds, curve, metrics: read, earlier }, tensors };
        });
      }
      onStep?.(done);
      if (done < totalSteps) saving?.checkpoints.endIfAsked();
    }
    const here = secondsHere();
    return {
      state,
      curve,
      seconds: secondsBefore + here,
      dataWait: waited / here,
      [Symbol.dispose]: () => disposeNamed(state),
    };
  } catch (error) {
    // A step that failed may have consumed it; then it is gone already.
    disposeNamed(state);
    throw error;
  } finally {
    if (inputs !== undefined) feed.release(inputs);
    await next?.then(feed.release, () => {});
    metrics.clear();
  }
}

/** The last checkpoint of this training, none of an earlier one; its steps are this one's. */
function lastOf(saving: Saving | undefined): { path: string; done: number } | undefined {
  const last = saving?.checkpoints.last();
  if (last === undefined) return undefined;
  const done = last.done - (saving?.earlier ?? noneEarlier).steps;
  return done > 0 ? { path: last.path, done } : undefined;
}
