import type { FailureKind } from "@/lib/base/errors.ts";

/** A checkpoint from before the loss went bad. */
interface GoodCheckpoint {
  readonly path: string;
  /** Steps done. */
  readonly done: number;
}

/** A training whose loss is no longer a number: its weights are lost, and going on would hide that. */
export class NonFiniteLossError extends Error {
  override readonly name = "NonFiniteLossError";
  readonly kind: FailureKind = "diverged";

  /**
   * @param at Step (of the whole training) and epoch, both from 1, and the loss met there.
   * @param options.checkpoint The last good one, where one was kept.
   */
  constructor(
    readonly at: { readonly step: number; readonly epoch: number; readonly loss: number },
    options: { readonly checkpoint?: GoodCheckpoint | undefined } = {},
  ) {
    const { checkpoint } = options;
    super(
      `Training stopped: the loss of step ${at.step} (epoch ${at.epoch}) is ${at.loss}. ` +
        "A lower learning rate or a longer warm-up is the usual remedy" +
        (checkpoint === undefined
          ? ""
          : `. The last good checkpoint, after step ${checkpoint.done}, is ${checkpoint.path}`),
    );
  }
}

/**
 * Looks for a loss that is not a finite number.
 *
 * @param losses Of an epoch's steps, the last of which is step `at.done` of the training, counted from 1.
 * @throws {NonFiniteLossError} Names the first.
 */
export function refuseNonFinite(
  losses: readonly number[],
  at: {
    readonly done: number;
    readonly stepsPerEpoch: number;
    readonly checkpoint: GoodCheckpoint | undefined;
  },
): void {
  const bad = losses.findIndex((loss) => !Number.isFinite(loss));
  if (bad < 0) return;
  const step = at.done - losses.length + bad + 1;
  const epoch = Math.ceil(step / at.stepsPerEpoch);
  throw new NonFiniteLossError({ step, epoch, loss: losses[bad]! }, at);
}
