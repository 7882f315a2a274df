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
  /** Versions 1 and 2: the encoder of the queries. */
  moco: {
    places: [["state_dict.", "module.encoder_q."]],
    drops: ["module.encoder_q.fc.", "module.encoder_k.", "module.queue"],
  },
  "moco-v3": {
    places: [["state_dict.", "module.base_encoder."]],
    drops: [
      "module.base_encoder.fc.",
      "module.base_encoder.head.",
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
  vissl: {
    places: [["classy_state_dict.base_model.model.", "trunk._feature_blocks."]],
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
  /** A classifier by PyTorch's example for ImageNet, such as the linear probes of MoCo and SimSiam. */
  "pytorch-example": {
    places: [["state_dict.", "module."]],
    drops: ["module.fc.", "module.head."],
  },
} satisfies Readonly<Record<string, Layout>>;

/** The name of a layout. */
export type LayoutName = keyof typeof layouts;

/** The names of the layouts. */
export const layoutNames = Object.keys(layouts) as readonly LayoutName[];
