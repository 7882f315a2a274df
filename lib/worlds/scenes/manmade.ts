import type { Building } from "@/lib/worlds/scenes/building.ts";
import type { Facade } from "@/lib/worlds/scenes/facade.ts";
import type { Landscape } from "@/lib/worlds/scenes/landscape.ts";
import type { Road } from "@/lib/worlds/scenes/road.ts";

const barn: Building = {
  width: 0.22,
  height: 0.22,
  roof: "barn",
  columns: 3,
  storeys: 2,
  walls: ["crimson", "brick", "brown"],
};

/** Views along roads, rails and rows, by setting and scene. */
export const roads: Readonly<Record<string, Readonly<Record<string, Road>>>> = {
  street: {
    "city avenue": {
      horizon: [0.45, 0.58],
      ridges: [{ outline: "roofs", height: 0.3, colours: ["slate", "grey", "stone"] }],
      ground: ["grey", "stone", "silver"],
      width: 0.42,
      marks: "crossing",
      walls: { height: [0.7, 1.4], colours: ["slate", "stone", "silver", "tan", "brick", "grey"] },
      props: [{ of: ["car", "taxi", "bus", "van"], count: [2, 5], size: 0.2 }],
    },
    "village street": {
      horizon: [0.4, 0.52],
      ridges: [{ outline: "hills", height: 0.14, colours: ["green", "sage", "olive"] }],
      ground: ["leaf", "olive", "sand"],
      width: 0.34,
      surface: ["stone", "tan", "grey"],
      marks: "none",
      walls: { height: [0.08, 0.26], colours: ["cream", "white", "pink", "sand", "sky", "brick"] },
      props: [{ of: ["cycle", "car"], count: [1, 3], size: 0.17 }, {
        of: ["oak"],
        count: [0, 2],
        size: 0.26,
      }],
    },
    alley: {
      horizon: [0.5, 0.64],
      ground: ["charcoal", "slate", "umber"],
      width: 0.16,
      surface: ["slate", "stone", "umber"],
      marks: "none",
      walls: { height: [1.5, 2.2], colours: ["brick", "umber", "slate", "brown"] },
      props: [{
        of: ["bucket", "bicycle", "broom", "motor scooter"],
        count: [1, 3],
        size: 0.13,
        near: [0.4, 1],
      }],
    },
    motorway: {
      horizon: [0.36, 0.5],
      ridges: [{ outline: "hills", height: 0.1, colours: ["green", "olive", "slate"] }],
      ground: ["leaf", "olive", "tan"],
      width: 0.72,
      marks: "lanes",
      props: [{ of: ["lorry", "light vehicle", "bus"], count: [4, 8], size: 0.17 }],
    },
  },
  "farm and garden": {
    "ploughed field": {
      horizon: [0.32, 0.48],
      ridges: [{ outline: "treetops", height: 0.08, colours: ["pine", "green", "olive"] }],
      ground: ["brown", "umber", "rust"],
      rows: { period: 0.24, colours: ["umber", "olive", "leaf", "tan"] },
      props: [{ of: ["tractor", "digging tool"], count: [1, 2], size: 0.22 }],
    },
    orchard: {
      horizon: [0.34, 0.46],
      ridges: [{ outline: "hills", height: 0.1, colours: ["sage", "pine"] }],
      ground: ["leaf", "lime", "olive"],
      rows: { period: 0.5, colours: ["lime", "leaf", "sage"] },
      props: [{ of: ["fruiting oak"], count: [10, 15], size: 0.22 }],
    },
    "tulip field": {
      horizon: [0.3, 0.42],
      ridges: [{ outline: "treetops", height: 0.06, colours: ["pine", "green"] }],
      ground: ["leaf", "green"],
      rows: { period: 0.3, colours: ["red", "yellow", "pink", "violet"] },
      props: [{ of: ["tulip"], count: [8, 14], size: 0.14, near: [0.3, 1] }],
    },
  },
  transport: {
    railway: {
      horizon: [0.38, 0.52],
      ridges: [{ outline: "treetops", height: 0.1, colours: ["pine", "olive", "slate"] }],
      ground: ["stone", "olive", "tan"],
      width: 0.3,
      surface: ["stone", "tan", "slate"],
      marks: "rails",
      props: [{ of: ["poplar", "conifer"], count: [1, 4], size: 0.26, near: [0, 0.4] }],
    },
    airfield: {
      horizon: [0.38, 0.5],
      ridges: [{ outline: "hills", height: 0.05, colours: ["slate", "olive"] }],
      ground: ["leaf", "sage", "olive"],
      width: 0.8,
      surface: ["charcoal", "grey", "slate"],
      marks: "dashes",
      props: [{ of: ["aeroplane"], count: [1, 3], size: 0.3 }, {
        of: ["helicopter"],
        count: [0, 1],
        size: 0.16,
      }],
    },
    "car park": {
      horizon: [0.24, 0.34],
      ridges: [{ outline: "roofs", height: 0.12, colours: ["stone", "silver", "brick"] }],
      ground: ["grey", "charcoal", "slate"],
      rows: { period: 0.75, share: 0.08, colours: ["white", "cream"] },
      props: [{ of: ["light vehicle"], count: [11, 16], size: 0.15 }],
    },
  },
};

/** Buildings in front view, by setting and scene. */
export const facades: Readonly<Record<string, Readonly<Record<string, Facade>>>> = {
  building: {
    cottage: {
      horizon: [0.48, 0.62],
      ridges: [{ outline: "hills", height: 0.14, colours: ["green", "sage", "slate"] }],
      ground: ["leaf", "green", "lime"],
      buildings: [{
        width: 0.28,
        height: 0.22,
        roof: "gable",
        columns: 3,
        storeys: 2,
        walls: ["cream", "white", "pink", "brick", "sand"],
      }],
      path: true,
      props: [{ of: ["oak", "daisy", "tulip"], count: [2, 5], size: 0.16 }],
    },
    "tower block": {
      horizon: [0.7, 0.82],
      ridges: [{ outline: "roofs", height: 0.22, colours: ["slate", "grey", "silver"] }],
      ground: ["grey", "stone", "leaf"],
      buildings: [
        {
          width: 0.2,
          height: 0.62,
          roof: "flat",
          columns: 5,
          storeys: 11,
          walls: ["silver", "stone", "slate", "tan"],
        },
        {
          width: 0.17,
          height: 0.45,
          roof: "flat",
          columns: 4,
          storeys: 8,
          walls: ["silver", "brick", "slate", "white"],
        },
      ],
      props: [{ of: ["car", "van", "poplar"], count: [1, 3], size: 0.1 }],
    },
    church: {
      horizon: [0.62, 0.76],
      ridges: [{ outline: "treetops", height: 0.1, colours: ["pine", "green", "olive"] }],
      ground: ["leaf", "olive", "sage"],
      buildings: [{
        width: 0.22,
        height: 0.24,
        roof: "gable",
        columns: 5,
        storeys: 1,
        walls: ["stone", "cream", "silver", "brick"],
        arched: true,
        towers: { at: [-0.95], rise: 0.75, cap: "spire" },
      }],
      path: true,
      props: [{ of: ["poplar", "spruce"], count: [1, 3], size: 0.2 }],
    },
    castle: {
      horizon: [0.6, 0.74],
      ridges: [{ outline: "peaks", height: 0.2, colours: ["slate", "sage", "olive"] }],
      ground: ["olive", "leaf", "stone"],
      buildings: [{
        width: 0.3,
        height: 0.22,
        roof: "battlements",
        columns: 5,
        storeys: 2,
        walls: ["stone", "grey", "sand"],
        masonry: true,
        arched: true,
        towers: { at: [-0.9, 0.9, 0.35], rise: 0.5, cap: "battlements" },
      }],
      path: true,
      props: [{ of: ["wild horse", "conifer"], count: [1, 3], size: 0.15 }],
    },
  },
  "farm and garden": {
    farmyard: {
      horizon: [0.46, 0.6],
      ridges: [{ outline: "hills", height: 0.1, colours: ["olive", "sage", "gold"] }],
      ground: ["tan", "brown", "olive"],
      buildings: [barn],
      props: [{ of: ["tractor"], count: [1, 1], size: 0.2, near: [0.2, 0.7] }, {
        of: ["wild horse", "pail", "pickup", "rake"],
        count: [1, 3],
        size: 0.15,
      }],
    },
  },
};

/** Open man-made places drawn as landscapes, by setting and scene. */
export const openPlaces: Readonly<Record<string, Readonly<Record<string, Landscape>>>> = {
  transport: {
    harbour: {
      horizon: [0.4, 0.52],
      ridges: [
        { outline: "hills", height: 0.14, colours: ["slate", "sage", "mauve"] },
        { outline: "roofs", height: 0.1, colours: ["brick", "stone", "slate", "tan"] },
      ],
      ground: ["grey", "stone", "slate"],
      water: 0.85,
      props: [{ of: ["boat"], count: [4, 7], size: 0.24, near: [0, 0.75] }],
    },
  },
};
