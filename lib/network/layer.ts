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

/** Square patches that fill an image from its upper left corner, each made a token by a dense layer; what is left over is not seen. */
export interface Patches {
  readonly op: "patches";
  readonly name: string;
  /** Of a patch, in pixels. */
  readonly side: number;
  readonly output: number;
}

/** A class token before the patches, and to each token what stands for its place, learned on so many patches a side. */
export interface Positions {
  readonly op: "positions";
  readonly side: number;
  readonly channels: number;
}

/** Layer normalisation over the channels (Ba et al. 2016). */
export interface LayerNormalisation {
  readonly op: "layer normalisation";
  readonly name: string;
  readonly channels: number;
}

/** Attention of each token to all (Vaswani et al. 2017); queries, keys and values are made by one dense layer. */
export interface Attention {
  readonly op: "attention";
  readonly name: string;
  readonly channels: number;
  readonly heads: number;
}

/** A dense layer with bias, of each token. */
export interface Dense {
  readonly op: "dense";
  readonly name: string;
  readonly input: number;
  readonly output: number;
}

/** The Gaussian error linear unit. */
export interface Gelu {
  readonly op: "gelu";
}

/** A factor for each channel. */
export interface ChannelScale {
  readonly op: "channel scale";
  readonly name: string;
  readonly channels: number;
}

/** The class token alone. */
export interface ClassToken {
  readonly op: "class token";
}

/** The mean of all tokens but the class token. */
export interface MeanOfPatches {
  readonly op: "mean of patches";
}

/** A layer of a network, as data: what it is, the names of its weights and its sizes. */
export type Layer =
  | Convolution
  | Normalisation
  | Relu
  | MaxPooling
  | Residual
  | MeanOverSpace
  | Patches
  | Positions
  | LayerNormalisation
  | Attention
  | Dense
  | Gelu
  | ChannelScale
  | ClassToken
  | MeanOfPatches;

/** The name of a kind of layer. */
export type Op = Layer["op"];
