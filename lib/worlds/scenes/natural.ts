import type { Landscape } from "@/lib/worlds/scenes/landscape.ts";
import type { Woods } from "@/lib/worlds/scenes/woods.ts";

/** Open natural landscapes, by setting and scene. */
export const landscapes: Readonly<Record<string, Readonly<Record<string, Landscape>>>> = {
  mountains: {
    "alpine peaks": {
      horizon: [0.6, 0.75],
      ridges: [
        { outline: "peaks", height: 0.5, colours: ["slate", "stone", "grey"], snow: true },
        { outline: "hills", height: 0.16, colours: ["pine", "slate", "olive"] },
      ],
      ground: ["olive", "leaf", "sage"],
      props: [{ of: ["spruce"], count: [2, 7], size: 0.22, near: [0, 0.7] }],
    },
    "river valley": {
      horizon: [0.42, 0.55],
      ridges: [
        { outline: "hills", height: 0.3, colours: ["slate", "pine", "sage"] },
        { outline: "hills", height: 0.2, colours: ["olive", "green", "leaf"] },
      ],
      ground: ["leaf", "olive", "lime"],
      water: "river",
      grass: true,
      props: [{ of: ["oak", "poplar", "conifer"], count: [1, 5], size: 0.26 }],
    },
    canyon: {
      horizon: [0.6, 0.74],
      ridges: [
        { outline: "mesas", height: 0.4, colours: ["rust", "tan", "brick"], strata: true },
        { outline: "mesas", height: 0.26, colours: ["rust", "brick", "brown"], strata: true },
      ],
      ground: ["rust", "tan", "sand"],
      props: [{ of: ["barrel cactus", "beavertail"], count: [1, 4], size: 0.13 }],
    },
    "snow slope": {
      horizon: [0.35, 0.5],
      ridges: [
        { outline: "peaks", height: 0.26, colours: ["slate", "silver"], snow: true },
        { outline: "treetops", height: 0.09, colours: ["pine", "slate"] },
      ],
      ground: ["white"],
      ripples: 0.25,
      props: [{ of: ["snowy spruce", "plain spruce"], count: [2, 6], size: 0.27 }],
    },
  },
  waterside: {
    "sandy shore": {
      horizon: [0.32, 0.46],
      ridges: [],
      ground: ["sand", "cream", "tan"],
      water: 0.5,
      props: [
        { of: ["coconut palm"], count: [1, 2], size: 0.38, near: [0.7, 1] },
        {
          of: ["beach ball", "curlew", "straw hat", "bucket"],
          count: [0, 2],
          size: 0.09,
          near: [0.75, 1],
        },
      ],
    },
    "mountain lake": {
      horizon: [0.42, 0.54],
      ridges: [
        { outline: "peaks", height: 0.32, colours: ["slate", "pine", "stone"], snow: true },
        { outline: "treetops", height: 0.1, colours: ["pine", "green"] },
      ],
      ground: ["olive", "stone", "leaf"],
      water: 0.72,
      props: [{ of: ["conifer"], count: [1, 3], size: 0.3, near: [0.85, 1] }],
    },
    marsh: {
      horizon: [0.35, 0.5],
      ridges: [{ outline: "treetops", height: 0.12, colours: ["olive", "sage", "pine"] }],
      ground: ["olive", "sage", "pine"],
      water: "river",
      grass: true,
      props: [{ of: ["wader", "waterfowl", "grass family"], count: [2, 5], size: 0.17 }],
    },
  },
  "open country": {
    "flower meadow": {
      horizon: [0.28, 0.42],
      ridges: [{ outline: "hills", height: 0.12, colours: ["sage", "pine", "olive"] }],
      ground: ["leaf", "lime", "green"],
      grass: true,
      props: [{ of: ["flower"], count: [12, 22], size: 0.13 }],
    },
    savanna: {
      horizon: [0.45, 0.6],
      ridges: [{ outline: "hills", height: 0.06, colours: ["slate", "olive", "tan"] }],
      ground: ["gold", "sand", "tan"],
      grass: true,
      props: [
        { of: ["stone pine"], count: [1, 3], size: 0.3, near: [0.05, 0.5] },
        { of: ["wild horse", "deer", "leopard"], count: [2, 6], size: 0.14 },
      ],
    },
    "sand dunes": {
      horizon: [0.5, 0.66],
      ridges: [
        { outline: "hills", height: 0.3, colours: ["sand", "tan", "gold"] },
        { outline: "hills", height: 0.2, colours: ["sand", "tan", "gold"] },
      ],
      ground: ["sand", "tan", "gold"],
      ripples: 0.8,
      props: [{ of: ["viper", "grass family"], count: [1, 2], size: 0.1 }],
    },
    "cactus desert": {
      horizon: [0.4, 0.55],
      ridges: [{ outline: "mesas", height: 0.12, colours: ["rust", "mauve", "brick"] }],
      ground: ["sand", "tan", "rust"],
      props: [{ of: ["cactus"], count: [5, 11], size: 0.24 }],
    },
  },
};

/** The insides of woods, by scene. */
export const woods: Readonly<Record<string, Woods>> = {
  "broadleaf wood": {
    light: ["lime", "leaf", "sage"],
    floor: ["olive", "brown", "leaf"],
    canopy: ["leaf", "green", "lime"],
    trunks: ["brown", "umber", "stone"],
    girth: 0.055,
    count: [7, 13],
    props: [{ of: ["cap fungus", "deer", "fern"], count: [2, 5], size: 0.12 }],
  },
  "conifer wood": {
    light: ["pine", "slate", "teal"],
    floor: ["umber", "brown", "pine"],
    trunks: ["rust", "umber", "brown"],
    girth: 0.035,
    count: [8, 13],
    props: [{ of: ["spruce"], count: [4, 8], size: 0.4, near: [0, 0.9] }],
  },
  "bamboo grove": {
    light: ["lime", "sage", "green"],
    floor: ["olive", "tan", "leaf"],
    canopy: ["lime", "leaf", "green"],
    trunks: ["lime", "leaf", "gold"],
    girth: 0.022,
    lean: 0.16,
    rings: true,
    count: [26, 40],
    props: [{ of: ["fern"], count: [1, 4], size: 0.14 }],
  },
  "winter wood": {
    light: ["silver", "white", "sky"],
    floor: ["white", "silver"],
    trunks: ["charcoal", "umber", "white"],
    girth: 0.032,
    lean: 0.06,
    rings: true,
    count: [12, 20],
    props: [{ of: ["snowy spruce", "lynx", "hare"], count: [1, 3], size: 0.2 }],
  },
};
