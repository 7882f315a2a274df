import type { Room } from "@/lib/worlds/scenes/room.ts";

/** Indoor spaces, by setting and scene. */
export const rooms: Readonly<Record<string, Readonly<Record<string, Room>>>> = {
  home: {
    bedroom: {
      back: [0.6, 0.8],
      windows: [0, 1],
      light: "lamp",
      row: { of: ["cupboard", "table lamp"], count: 2, size: 0.26 },
      props: [{ of: ["bed"], count: [1, 1], size: 0.42, near: [0.35, 0.6] }, {
        of: ["shoe", "armchair"],
        count: [0, 1],
        size: 0.16,
      }],
    },
    "living room": {
      back: [0.6, 0.8],
      windows: [1, 2],
      row: { of: ["sofa", "television", "floor lamp", "palm"], count: 3, size: 0.24 },
      props: [{ of: ["easy seat", "rocking chair"], count: [1, 2], size: 0.26, near: [0.2, 0.6] }, {
        of: ["stool"],
        count: [0, 1],
        size: 0.14,
      }],
    },
    "dining room": {
      back: [0.6, 0.8],
      windows: [0, 2],
      light: "lamp",
      hung: ["wall clock"],
      props: [
        { of: ["dining chair"], count: [2, 3], size: 0.27, near: [0.1, 0.3] },
        { of: ["eating table"], count: [1, 1], size: 0.46, near: [0.5, 0.7] },
        { of: ["dining chair"], count: [1, 2], size: 0.27, near: [0.8, 1] },
      ],
    },
    kitchen: {
      back: [0.7, 0.9],
      tiled: true,
      windows: [0, 1],
      counter: ["pan", "jug", "mug", "teapot", "cup", "tulip family"],
      hung: ["pan", "knife", "wall clock"],
      props: [{ of: ["stool", "pail"], count: [0, 2], size: 0.2, near: [0.3, 0.8] }],
    },
  },
  "place of work": {
    office: {
      back: [0.5, 0.7],
      walls: ["white", "silver", "slate", "cream"],
      light: "strips",
      windows: [1, 3],
      row: { of: ["desk", "bookcase", "cupboard"], count: 3, size: 0.18 },
      props: [{ of: ["desk", "laptop"], count: [2, 3], size: 0.26, near: [0.2, 0.8] }, {
        of: ["office chair", "fan palm"],
        count: [1, 2],
        size: 0.2,
      }],
    },
    classroom: {
      back: [0.5, 0.7],
      walls: ["cream", "sage", "silver", "sky"],
      light: "strips",
      board: "pine",
      hung: ["wall clock"],
      props: [{ of: ["desk"], count: [5, 8], size: 0.17 }, {
        of: ["chair"],
        count: [3, 6],
        size: 0.16,
      }],
    },
    library: {
      back: [0.55, 0.8],
      walls: ["cream", "tan", "stone"],
      light: "lamp",
      row: { of: ["bookcase"], count: 5, size: 0.34 },
      props: [{ of: ["bookcase"], count: [2, 3], size: 0.42, near: [0.05, 0.4] }, {
        of: ["eating table", "armchair"],
        count: [0, 1],
        size: 0.25,
        near: [0.5, 0.9],
      }],
    },
    laboratory: {
      back: [0.65, 0.85],
      walls: ["white", "silver", "sky"],
      tiled: true,
      light: "strips",
      shelves: { rows: 3, of: ["flask", "bottle", "flask"], each: 7 },
      counter: ["flask", "flask", "stemmed glass", "still camera"],
      props: [{ of: ["stool"], count: [1, 3], size: 0.22 }],
    },
  },
  shop: {
    "clothes shop": {
      back: [0.65, 0.85],
      light: "strips",
      shelves: { rows: 2, of: ["shirt", "jumper", "trousers", "skirt"], each: 6, rail: true },
      props: [{ of: ["legwear", "top"], count: [2, 4], size: 0.2 }],
    },
    "hat and shoe shop": {
      back: [0.65, 0.85],
      light: "lamp",
      shelves: {
        rows: 4,
        of: ["footwear", "headwear"],
        each: 6,
      },
      props: [{ of: ["armchair", "stool"], count: [1, 2], size: 0.22 }],
    },
    "wine shop": {
      back: [0.65, 0.9],
      walls: ["brown", "tan", "umber", "cream"],
      light: "lamp",
      shelves: { rows: 3, of: ["wine bottle", "flute bottle"], each: 9, slim: true },
      props: [{ of: ["dining table"], count: [0, 1], size: 0.3, near: [0.4, 0.8] }],
    },
    "toy shop": {
      back: [0.65, 0.85],
      walls: ["pink", "sky", "yellow", "lime"],
      light: "strips",
      shelves: {
        rows: 3,
        of: ["ball", "light vehicle", "heavy vehicle", "aircraft"],
        each: 6,
      },
      props: [{ of: ["beach ball", "cycle", "drum"], count: [1, 3], size: 0.18 }],
    },
  },
  "public hall": {
    corridor: {
      back: [0.14, 0.26],
      walls: ["cream", "sage", "silver", "sky", "tan"],
      light: "strips",
      doors: 3,
      props: [{ of: ["floor lamp", "chair", "palm"], count: [1, 2], size: 0.2 }],
    },
    "sports hall": {
      back: [0.5, 0.7],
      walls: ["cream", "tan", "sky", "sage"],
      light: "strips",
      court: true,
      props: [{ of: ["ball", "racket"], count: [2, 5], size: 0.07 }],
    },
    "concert stage": {
      back: [0.6, 0.8],
      walls: ["charcoal", "umber", "navy", "crimson"],
      light: "spots",
      curtain: true,
      stage: true,
      props: [{
        of: ["stringed instrument", "percussion", "brass wind"],
        count: [4, 7],
        size: 0.24,
      }],
    },
    workshop: {
      back: [0.65, 0.85],
      walls: ["grey", "stone", "slate"],
      hung: ["hammer", "saw", "axe", "spanner", "shears", "garden tool", "saw"],
      counter: ["bucket", "hammer", "saw", "knife"],
      props: [{
        of: ["cycle", "bucket", "work machine"],
        count: [1, 2],
        size: 0.27,
        near: [0.4, 0.8],
      }],
    },
  },
};
