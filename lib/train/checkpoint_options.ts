/** Where and how often a training, or a work of several, is saved while it is under way. */
export interface CheckpointOptions {
  /** A folder of this work alone; made when it is first needed, and removed by whoever owns it. */
  readonly folder: string;
  /** Tells this work (recipe, data, code) from every other: a checkpoint of another is passed over. */
  readonly identity: string;
  /**
   * Least time between two. By default 30, and 5 before the end of an epoch, but never less than a hundred times what the
   * last one took, so that they cost no more than a hundredth of the training's time.
   */
  readonly everySeconds?: number;
  /** Once it aborts, the work is saved after the step under way, and ends there: see {@linkcode StoppedError}. */
  readonly stop?: AbortSignal;
  /** Throws where nothing is to be saved any more, because the work is somebody else's by now. */
  readonly guard?: () => Promise<void>;
}
