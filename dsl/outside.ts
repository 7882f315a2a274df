/** An encoder from outside, by the name that `encoders.yaml` gives it: which network it has stands there. */
export interface Checkpoint {
  readonly family: "checkpoint";
  readonly name: string;
}

/** What is taken from the values 0 to 1 of red, green and blue, and by what the rest is divided. */
export interface Normalisation {
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** What is known of an encoder from outside beside its network. */
export interface Outside {
  /** Of its file. */
  readonly sha256: string;
  /** The layout of its file; absent where the names in the file tell it. */
  readonly layout?: string;
  /** Side of the images that it is given, in pixels. */
  readonly pixels: number;
  readonly normalisation: Normalisation;
  /** Where it is from and under which licence, where that is said. */
  readonly source?: string;
  readonly licence?: string;
}

/** Whether a value stands for the network of an encoder from outside. */
export function isCheckpoint(value: { readonly family: string }): value is Checkpoint {
  return value.family === "checkpoint";
}
