/** Where a training's authors keep the encoder in their files. */
export interface Layout {
  /**
   * The mappings that the network is in, as names with dots, and what its tensors' names begin with there. What lies outside of these
   * mappings (an optimizer, a count of epochs) is not looked at.
   */
  readonly places: readonly (readonly [within: string, prefix: string])[];
  /** What names of tensors beside the encoder's begin with, in those mappings: heads, predictors, queues, other networks. */
  readonly drops: readonly string[];
  /** The heads of transformers of a width, where they are others than those that are usual: no shape tells them. */
  readonly heads?: Readonly<Record<number, number>>;
}

const ofSwav: Layout = {
  places: [["", "module."], ["state_dict.", "module."]],
  drops: ["module.projection_head.", "module.prototypes."],
};

/**
 * The layouts that are known, by the names with which `encoders.yaml` names them. Encoders in them have the tensors' names of
 * torchvision's ResNets or of timm's transformers.
 */
export const layouts = {
  /** Its networks and those that others publish in their form: Barlow Twins', VICReg's and DINO's ResNet-50. */
  torchvision: { places: [["", ""]], drops: ["fc."] },
  /** And DeiT's, which are in `model`. */
  timm: { places: [["", ""], ["model.", ""], ["state_dict.", ""]], drops: ["fc.", "head."] },
  /** The moving average of the weights that checkpoints of timm, DeiT and torchvision have beside these. */
  ema: {
    places: [["state_dict_ema.", ""], ["model_ema.", ""], ["model_ema.", "module."]],
    drops: ["fc.", "head.", "module.fc.", "module.head.", "n_averaged"],
  },
  /** Versions 1 and 2: the encoder of the queries. */
  moco: {
    places: [["state_dict.", "module.encoder_q."]],
    drops: ["module.encoder_q.fc.", "module.encoder_k.", "module.queue"],
  },
  /** And the linear probes of its transformers. */
  "moco-v3": {
    places: [["state_dict.", "module.base_encoder."], ["state_dict.", "module."]],
    drops: [
      "module.base_encoder.fc.",
      "module.base_encoder.head.",
      "module.head.",
      "module.momentum_encoder.",
      "module.predictor.",
    ],
    heads: { 384: 12 },
  },
  simsiam: {
    places: [["state_dict.", "module.encoder."]],
    drops: ["module.encoder.fc.", "module.predictor."],
  },
  swav: ofSwav,
  "deepcluster-v2": ofSwav,
  /** And its linear probes, which have the network in one more. */
  vissl: {
    places: [
      ["classy_state_dict.base_model.model.", "trunk._feature_blocks."],
      ["classy_state_dict.base_model.model.", "trunk.base_model._feature_blocks."],
    ],
    drops: ["heads."],
  },
  /** Its checkpoints, and VICReg's; the encoders that they publish are torchvision's. */
  "barlow-twins": {
    places: [["model.", "module.backbone."]],
    drops: ["module.projector.", "module.bn."],
  },
  dino: { places: [["", ""]], drops: ["head."] },
  /** Whole checkpoints; its authors evaluate the teacher. */
  "dino-teacher": {
    places: [["teacher.", "backbone."], ["teacher.", "module.backbone."]],
    drops: ["head.", "module.head."],
  },
  "dino-student": {
    places: [["student.", "module.backbone."], ["student.", "backbone."]],
    drops: ["head.", "module.head."],
  },
  dinov2: { places: [["", ""]], drops: ["mask_token"] },
  /** With or without the decoder. */
  mae: { places: [["model.", ""]], drops: ["mask_token", "decoder_"] },
  /** A classifier by PyTorch's example for ImageNet, such as the linear probes of MoCo and SimSiam, or one that stood on several GPUs. */
  "pytorch-example": {
    places: [["state_dict.", "module."], ["", "module."]],
    drops: ["module.fc.", "module.head."],
  },
} satisfies Readonly<Record<string, Layout>>;

/** The name of a layout. */
export type LayoutName = keyof typeof layouts;

/** The names of the layouts. */
export const layoutNames = Object.keys(layouts) as readonly LayoutName[];
