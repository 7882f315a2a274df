/** A training whose loss is no longer a number: its weights are lost, and going on would hide that. */
export class NonFiniteLossError extends Error {
  override readonly name = "NonFiniteLossError";

  /** @param at Step (of the whole training) and epoch, both from 1, and the loss met there. */
  constructor(
    readonly at: { readonly step: number; readonly epoch: number; readonly loss: number },
  ) {
    super(
      `Training stopped: the loss of step ${at.step} (epoch ${at.epoch}) is ${at.loss}. ` +
        "A lower learning rate or a longer warm-up is the usual remedy",
    );
  }
}
