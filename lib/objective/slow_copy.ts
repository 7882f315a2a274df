import * as tf from "@tensorflow/tfjs";
import { named, type Tensors } from "@/lib/model/layers.ts";
import type { WeightSpecs } from "@/lib/network/mod.ts";
import type { AfterStep, MemorySpec } from "@/lib/objective/objective.ts";

/** A copy of a network that follows it slowly, by an exponential moving average of its weights. */
export interface SlowCopy {
  /** Its tensors, as a memory holds them. */
  readonly tensors: readonly MemorySpec[];
  /** The copy's tensors under the network's own names. */
  named(memory: Tensors): Tensors;
  /**
   * copy + share * (network - copy), each.
   *
   * @param after `share`: a scalar, 1 - the momentum of the moving average.
   */
  follow(
    memory: Tensors,
    after: Pick<AfterStep, "parameters" | "statistics"> & { readonly share: tf.Scalar },
  ): Tensors;
}

/**
 * A slow copy of the weights of `specs`, which begins equal to them.
 *
 * @param prefix Of its tensors' names; a dot follows.
 */
export function slowCopy(specs: WeightSpecs, prefix: string): SlowCopy {
  const all = [...specs.parameters, ...specs.statistics];
  const own = (name: string) => `${prefix}.${name}`;
  return {
    tensors: all.map(({ name, shape }) => ({ name: own(name), shape, start: { copyOf: name } })),
    named: (memory) => Object.fromEntries(all.map(({ name }) => [name, named(memory, own(name))])),
    follow(memory, { parameters, statistics, share }) {
      const network = { ...parameters, ...statistics };
      return Object.fromEntries(all.map(({ name }) => {
        const copy = named(memory, own(name));
        return [own(name), tf.add(copy, tf.mul(tf.sub(named(network, name), copy), share))];
      }));
    },
  };
}
