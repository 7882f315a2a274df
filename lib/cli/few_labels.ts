import type { Condition, Role } from "@/dsl/mod.ts";

/**
 * Words on the numbers of labels that a role is probed with: where some class surely has none of the smallest, or fewer than so
 * many of each class.
 */
export function fewLabels(
  role: Role,
  { trainImages, classes, conditions }: {
    readonly trainImages: number;
    readonly classes: number;
    readonly conditions: readonly Condition[];
  },
): readonly string[] {
  const all = conditions.map(({ probe }) => probe.labels).filter((labels) => labels.role === role);
  const most = Math.max(0, ...all.map((labels) => "perClass" in labels ? labels.perClass : 0));
  const [fewest] = all.flatMap((labels) => "images" in labels ? [labels] : [])
    .map(({ size, images }) => ({ size, images: images ?? trainImages }))
    .sort((a, b) => a.images - b.images);
  return [
    ...most * classes <= trainImages ? [] : [
      `its ${trainImages} training images are too few for ${most} of each of its ${classes} classes: a class with fewer gives all that it has`,
    ],
    ...fewest === undefined || fewest.images >= classes ? [] : [
      `its ${fewest.size} labels are ${fewest.images} images, so that at least ${
        classes - fewest.images
      } of its ${classes} classes have none`,
    ],
  ];
}
