/** A square convolution without bias, with zeros of `(side - 1) / 2` around its input. */
export interface Convolution {
  readonly op: "convolution";
  readonly name: string;
  readonly side: number;
  readonly stride: 1 | 2;
  readonly input: number;
  readonly output: number;
}

/** Batch normalisation over all axes but the channels (Ioffe and Szegedy 2015). */
export interface Normalisation {
  readonly op: "normalisation";
  readonly name: string;
  readonly channels: number;
}

/** The rectified linear unit. */
export interface Relu {
  readonly op: "relu";
}

/** The largest of each square of so many pixels a side, with zeros around its input. */
export interface MaxPooling {
  readonly op: "max pooling";
  readonly side: number;
  readonly stride: 1 | 2;
  readonly padding: number;
}

/** What the layers make of their input, and what those around them make of it, added (He et al. 2016); none is the identity. */
export interface Residual {
  readonly op: "residual";
  readonly layers: readonly Layer[];
  readonly around: readonly Layer[];
}

/** The mean of each channel over height and width. */
export interface MeanOverSpace {
  readonly op: "mean over space";
}

/** A layer of a network, as data: what it is, the names of its weights and its sizes. */
export type Layer = Convolution | Normalisation | Relu | MaxPooling | Residual | MeanOverSpace;

/** The name of a kind of layer. */
export type Op = Layer["op"];
