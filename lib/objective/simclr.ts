import { mlpHead } from "@/lib/model/mlp_head.ts";
import type { Encoder } from "@/lib/model/resnet.ts";
import { ntXent } from "@/lib/objective/nt_xent.ts";
import type { Objective } from "@/lib/objective/objective.ts";

/** What SimCLR adds to an encoder. */
export interface SimclrSettings {
  readonly temperature: number;
  readonly head: { readonly hidden: number; readonly output: number };
}

/** SimCLR (Chen et al. 2020): two views of an image must find each other among the views of all other images. */
export function simclr(encoder: Encoder, settings: SimclrSettings): Objective {
  const head = mlpHead({ input: encoder.features, ...settings.head });
  return {
    viewsPerImage: 2,
    labelled: false,
    parameters: [...encoder.parameters, ...head.parameters],
    statistics: [...encoder.statistics, ...head.statistics],
    evaluate({ views }, parameters, precision = "float32") {
      const mode = { training: true, statistics: {}, precision };
      const encoded = encoder.forward(views, parameters, mode);
      const projected = head.forward(encoded.features, parameters, mode);
      return {
        ...ntXent(projected.output, settings.temperature),
        statistics: { ...encoded.statistics, ...projected.statistics },
      };
    },
  };
}
