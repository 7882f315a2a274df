import { featureCount, floorLength } from "@/lib/network/mod.ts";
import type { Around, Sizes } from "@/lib/plan/kind.ts";
import { subsetImages } from "@/lib/plan/kinds/subset.ts";
import { needsOf, type Step } from "@/lib/plan/step.ts";

const none: Sizes = { trainImages: 0, testImages: 0, unlabelledImages: 0, classes: 0 };

/**
 * What the costs of a plan's steps depend on.
 *
 * @param sizes The counts of a data set by its identity.
 */
export function aroundOf(steps: readonly Step[], sizes: ReadonlyMap<string, Sizes>): Around {
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const around: Around = {
    sizesOf: (dataset) => sizes.get(dataset) ?? none,
    imagesOf(key) {
      const step = byKey.get(key);
      if (step?.kind === "corrupt") {
        const whole = around.imagesOf(needsOf(step).images);
        return step.spec.split === "test" ? { ...whole, trainImages: 0 } : whole;
      }
      if (step?.kind !== "ingest") throw strange(key, step);
      const { dataset, pixels } = step.spec;
      return { ...around.sizesOf(dataset), pixels };
    },
    countOf(key) {
      const step = byKey.get(key);
      if (step?.kind === "subset") {
        return subsetImages(step.spec, around.imagesOf(needsOf(step).images));
      }
      if (step?.kind !== "corrupt") throw strange(key, step);
      const { subset } = needsOf(step);
      return subset === undefined ? 0 : around.countOf(subset);
    },
    networkOf(key) {
      const step = byKey.get(key);
      if (step?.kind !== "pretrain" && step?.kind !== "import") throw strange(key, step);
      return step.spec.network;
    },
    lengthOf(key) {
      const step = byKey.get(key);
      if (step?.kind !== "features") throw strange(key, step);
      const { floor } = step.spec, { encoder, images } = needsOf(step);
      return floor === undefined
        ? featureCount(around.networkOf(encoder!))
        : floorLength(floor, around.imagesOf(images).pixels);
    },
  };
  return around;
}

function strange(key: string, step: Step | undefined): TypeError {
  return new TypeError(`A step reads ${key.slice(0, 12)}, which is ${step?.kind ?? "no step"}`);
}
