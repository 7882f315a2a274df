import type * as tf from "@tensorflow/tfjs";
import type { OpOutput } from "@/lib/tensor/executor.ts";

/** What a call is given. */
export interface CallOptions {
  /** Places of the inputs that nothing else uses and that go with the call, so that results may take their memory. */
  readonly consumed: ReadonlySet<number>;
}

/** A function that an executor holds, made by tracing for one signature of inputs. */
export interface Traced {
  /** Variables that it reads, whose values at the time of a call follow its inputs. */
  readonly variables: readonly tf.Variable[];
  /** Variables that it assigns, whose new values follow its outputs. */
  readonly assigned: readonly tf.Variable[];
  /** Whether it can be called; else it must be made ready first. */
  readonly isReady: boolean;
  /** Makes it ready on another thread. */
  prepare(): Promise<void>;
  /** Makes it ready on this thread. */
  prepareHere(): void;
  /**
   * Calls it, while JavaScript goes on.
   *
   * @param given Numbers of its inputs and then of its variables' values; it holds them, so that they may be disposed as soon
   *   as this has returned.
   */
  call(given: readonly number[], options: CallOptions): Promise<OpOutput[]>;
  /** Calls it on this thread. */
  callHere(given: readonly number[], options: CallOptions): OpOutput[];
  /** Gives it back, and the tensors that it captured. */
  dispose(): void;
}
