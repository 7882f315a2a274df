/** Side of a patch, in pixels. */
export const PATCH_SIDE = 256;

/** How a release publishes a patch, below the folder of its id's digits. */
export interface PatchForm {
  /** The years, for messages. */
  readonly years: string;
  /** The end of the name, after the id, of the file with the picture and of that with the land cover. */
  readonly picture: string;
  readonly landCover: string;
}

/** The releases whose patches have land cover. */
export const patchForms: readonly PatchForm[] = [
  { years: "2020", picture: ".npy", landCover: ".npy" },
  { years: "2021 and 2022", picture: "_rgb.jpg", landCover: "_landcover.tif" },
];
