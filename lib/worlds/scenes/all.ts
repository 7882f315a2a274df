import type { Random } from "@/lib/base/random.ts";
import type { Brush } from "@/lib/worlds/paint/brush.ts";
import { paintFacade } from "@/lib/worlds/scenes/facade.ts";
import { rooms } from "@/lib/worlds/scenes/indoor.ts";
import { paintLandscape } from "@/lib/worlds/scenes/landscape.ts";
import { facades, openPlaces, roads } from "@/lib/worlds/scenes/manmade.ts";
import { landscapes, woods } from "@/lib/worlds/scenes/natural.ts";
import { paintReef } from "@/lib/worlds/scenes/reef.ts";
import { paintRoad } from "@/lib/worlds/scenes/road.ts";
import { paintRoom } from "@/lib/worlds/scenes/room.ts";
import { paintWoods } from "@/lib/worlds/scenes/woods.ts";

/** One kind of place. */
export interface Scene {
  readonly name: string;
  /** scene, setting, place */
  readonly path: readonly [string, string, string];
  /** Paints a new picture of it over the whole canvas. */
  readonly paint: (brush: Brush, random: Random) => void;
}

type Place = "indoor" | "outdoor, natural" | "outdoor, man-made";

/** The scenes of a table of settings, all painted in one way. */
function scenesOf<S>(
  table: Readonly<Record<string, Readonly<Record<string, S>>>>,
  { place, by }: {
    place: Place;
    by: (brush: Brush, random: Random, options: { scene: S }) => void;
  },
): readonly Scene[] {
  return Object.entries(table).flatMap(([setting, scenes]) =>
    Object.entries(scenes).map(([name, scene]): Scene => ({
      name,
      path: [name, setting, place],
      paint: (brush, random) => by(brush, random, { scene }),
    }))
  );
}

const reef: Scene = {
  name: "coral reef",
  path: ["coral reef", "waterside", "outdoor, natural"],
  paint: paintReef,
};

/** Every scene of the world `scenes`, in the order of its leaves. */
export const allScenes: readonly Scene[] = [
  ...scenesOf(rooms, { place: "indoor", by: paintRoom }),
  ...scenesOf(landscapes, { place: "outdoor, natural", by: paintLandscape }),
  reef,
  ...scenesOf({ woodland: woods }, { place: "outdoor, natural", by: paintWoods }),
  ...scenesOf(roads, { place: "outdoor, man-made", by: paintRoad }),
  ...scenesOf(facades, { place: "outdoor, man-made", by: paintFacade }),
  ...scenesOf(openPlaces, { place: "outdoor, man-made", by: paintLandscape }),
];
