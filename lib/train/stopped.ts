/** A work ended at a checkpoint because it was asked to; it goes on from there. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";

  constructor() {
    super("It was stopped at a checkpoint");
  }
}
