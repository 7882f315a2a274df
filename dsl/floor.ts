import { freeze } from "@/dsl/freeze.ts";
import { fields, number, optional, type Rule, word, type Wrong } from "@/dsl/rules.ts";

/** The pixels themselves, of the image reduced to a small one (Torralba et al. 2008); a smaller image stays as it is. */
export interface Pixels {
  readonly family: "pixels";
  readonly side: number;
}

/** A joint histogram of red, green and blue (Swain and Ballard 1991). */
export interface Colours {
  readonly family: "colours";
  /** Of each of the three. */
  readonly bins: number;
}

/** Histograms of oriented gradients (Dalal and Triggs 2005), of the image reduced to a stated size; a smaller one stays as it is. */
export interface Gradients {
  readonly family: "gradients";
  readonly side: number;
  /** Side of a cell, in pixels. */
  readonly cell: number;
  /** Side of a block, in cells. */
  readonly block: number;
  /** Directions, from 0 to 180 degrees. */
  readonly bins: number;
}

/** What describes an image without a network and without training: what a network has to beat. */
export type Floor = Pixels | Colours | Gradients;

/** The name of a floor, which is its method's. */
export type FloorName = Floor["family"];

/** A floor of a name. */
export type FloorOf<F extends FloorName> = Extract<Floor, { readonly family: F }>;

/** The floors, as they are unless something else is said. */
export const floors: { readonly [F in FloorName]: FloorOf<F> } = freeze({
  pixels: { family: "pixels", side: 16 },
  colours: { family: "colours", bins: 8 },
  // Cells, blocks and directions as published, where images are 64 px wide.
  gradients: { family: "gradients", side: 64, cell: 8, block: 2, bins: 9 },
});

/** Their names. */
export const floorNames = Object.keys(floors) as readonly FloorName[];

/** Whether it is a floor's name. */
export function isFloorName(name: string): name is FloorName {
  return Object.hasOwn(floors, name);
}

/** Whether a value is a floor, as far as its family says; a network is none. */
export function isFloor(value: unknown): value is Floor {
  return typeof value === "object" && value !== null && "family" in value &&
    isFloorName(String(value.family));
}

const aCount = number("1, 2, 3, …", (one) => Number.isSafeInteger(one) && one > 0);

/**
 * A floor with all of its settings.
 *
 * @internal
 */
export function aFloor(value: Floor, name: string): readonly Wrong[] {
  const settings = Object.keys(floors[value.family]).filter((one) => one !== "family");
  const each = settings.map((one) => [one, aCount]);
  return fields({ ...Object.fromEntries(each), family: word(() => floorNames) })(value, name);
}

/**
 * Of a floor's settings each, which may be left out.
 *
 * @internal
 */
export function ofFloor(name: FloorName): Readonly<Record<string, Rule>> {
  const { family: _, ...settings } = floors[name];
  return Object.fromEntries(Object.keys(settings).map((one) => [one, optional(aCount)]));
}

/** A floor in a few words, as it stands where others name their network: "16 x 16 pixels". */
export function floorName(floor: Floor): string {
  switch (floor.family) {
    case "pixels":
      return `${floor.side} x ${floor.side} pixels`;
    case "colours":
      return `${floor.bins} x ${floor.bins} x ${floor.bins} colours`;
    case "gradients": {
      const { side, cell, block, bins } = floor;
      return `${bins} directions, cells of ${cell} px, blocks of ${block}, up to ${side} px`;
    }
  }
}
