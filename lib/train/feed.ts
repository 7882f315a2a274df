/** Gives what one step of a training after another reads besides its state. */
export interface Feed<Inputs> extends Disposable {
  /** The inputs of a step, which may be asked for while an earlier step runs; given back by {@linkcode Feed.release}. */
  take(step: number): Promise<Inputs>;
  release(inputs: Inputs): void;
}
