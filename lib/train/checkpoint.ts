import * as tf from "@tensorflow/tfjs";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "@/lib/base/safetensors.ts";
import { named } from "@/lib/model/layers.ts";
import type { Metrics } from "@/lib/train/curve.ts";
import { memoryOf, type StateSpecs, type TrainingState } from "@/lib/train/state.ts";

/** The trainings that came before one in the same work. */
export interface Earlier {
  /** Steps of them all. */
  readonly steps: number;
  /** What there is to remember of each, in JSON. */
  readonly results: readonly unknown[];
}

/** That no training came before. */
export const noneEarlier: Earlier = { steps: 0, results: [] };

/** How far a training is, beside its state. Random numbers need no place here: they are drawn by epoch and image. */
export interface Progress {
  /** Steps, without those of earlier trainings. */
  readonly done: number;
  /** Time spent so far. */
  readonly seconds: number;
  /** What was told of each epoch, in JSON. */
  readonly curve: readonly unknown[];
  /** The steps of the epoch under way. */
  readonly metrics: Metrics;
  readonly earlier: Earlier;
}

/** A training that stopped between two steps: all that it needs to go on as if it had not. */
export interface Checkpoint {
  /** What is trained, in one word of the caller's; a checkpoint of another training must not be gone on from. */
  readonly identity: string;
  readonly progress: Progress;
  /** The state by name, copied out of the backend. */
  readonly tensors: Readonly<Record<string, StoredTensor>>;
}

/** The bytes of a checkpoint: a safetensors file whose metadata hold the rest, in JSON. */
export function encodeCheckpoint({ identity, progress, tensors }: Checkpoint): Uint8Array {
  const metadata = { identity, progress: canonicalJson(progress) };
  return encodeSafetensors({ tensors, metadata });
}

/**
 * Reads the bytes of a checkpoint, which must be those that {@linkcode encodeCheckpoint} made.
 *
 * @param place The file's name, for errors.
 * @throws {InputError} If they are not a whole safetensors file.
 */
export function decodeCheckpoint(bytes: Uint8Array, place: string): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes, place);
  const { identity = "", progress = "null" } = metadata;
  return { identity, progress: JSON.parse(progress), tensors };
}

/** Copies a state out of the backend. */
export async function readState(
  state: TrainingState,
  specs: StateSpecs,
): Promise<Checkpoint["tensors"]> {
  const tensors: Record<string, StoredTensor> = {};
  const read = async (name: string, tensor: tf.Tensor) => {
    const values = await tensor.data() as Float32Array;
    // In this machine's order, which is little-endian on all that Deno runs on.
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    tensors[name] = { dtype: "F32", shape: tensor.shape, bytes };
  };
  for (const { name } of specs.parameters) {
    await read(`parameters.${name}`, named(state.parameters, name));
    for (const [i, slot] of state.slots[name]!.entries()) await read(`slots.${i}.${name}`, slot);
  }
  for (const { name } of specs.statistics) {
    await read(`statistics.${name}`, named(state.statistics, name));
  }
  for (const { name } of memoryOf(specs)) {
    await read(`memory.${name}`, named(state.memory, name));
  }
  return tensors;
}

/** Copies a state that {@linkcode readState} read back into the backend. */
export function restoreState(tensors: Checkpoint["tensors"], specs: StateSpecs): TrainingState {
  const restore = (name: string): tf.Tensor => {
    const { shape, bytes } = tensors[name]!;
    // Copied, because a file's bytes may begin anywhere.
    return tf.tensor(new Float32Array(bytes.slice().buffer), [...shape], "float32");
  };
  const slotsOf = (parameter: string): tf.Tensor[] => {
    const slots: tf.Tensor[] = [];
    for (let i = 0; `slots.${i}.${parameter}` in tensors; i++) {
      slots.push(restore(`slots.${i}.${parameter}`));
    }
    return slots;
  };
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
  const all = (room: string, list: readonly string[]) =>
    Object.fromEntries(list.map((name) => [name, restore(`${room}.${name}`)]));
  const parameters = names(specs.parameters);
  return {
    parameters: all("parameters", parameters),
    slots: Object.fromEntries(parameters.map((name) => [name, slotsOf(name)])),
    statistics: all("statistics", names(specs.statistics)),
    memory: all("memory", names(memoryOf(specs))),
  };
}

// A float32 whose exponent has all its bits is infinite or no number.
const EXPONENT = 0x7f800000;

/** Whether every value of a state is a finite number. */
export function isFiniteState(tensors: Checkpoint["tensors"]): boolean {
  for (const { bytes } of Object.values(tensors)) {
    // A plain loop over words: every(Number.isFinite) takes longer than writing the file.
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    for (let i = 0; i < words.length; i++) {
      if ((words[i]! & EXPONENT) === EXPONENT) return false;
    }
  }
  return true;
}
