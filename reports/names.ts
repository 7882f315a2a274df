import type { Series } from "@/lib/report/mod.ts";
import { type Corruption, type FloorName, methods } from "@/lib/results/mod.ts";

const paperNames: Readonly<Record<string, string>> = {
  objects: "ImageNet",
  species: "iNat21",
  scenes: "Places365",
  aerial: "GLC20",
};

/** How floors are named and drawn, which no network and no training make. */
const floorLooks: { readonly [F in FloorName]: Series } = {
  pixels: { name: "Raw pixels", colour: "#9a6b4f" },
  colours: { name: "Colour histogram", colour: "#b0578d" },
  gradients: { name: "Oriented gradients", colour: "#4f7a6b" },
};

/** The looks of all methods, one each in the whole report, the floors' and the untrained encoder's the last. */
const methodLooks: ReadonlyMap<string, Series> = new Map([
  ...Object.entries(methods).map(([method, { words: { name, colour } }]) =>
    [method, { name, colour }] as const
  ),
  ...Object.entries(floorLooks),
  ["checkpoint", { name: "From outside", colour: "#3d6f8e" }],
  ["none", { name: "Untrained", colour: "#8a8f98" }],
]);

/** How a network is drawn that is trained on the labels alone. */
export const fromScratch: Series = { name: "from scratch", colour: "currentColor", dashed: true };

/** How a method is named and drawn, in every figure alike. */
export function methodLook(method: string): Series {
  return methodLooks.get(method) ?? { name: method, colour: "#8a8f98" };
}

/** The methods that are among these, in the order in which reports have them. */
export function inOrder(some: ReadonlySet<string>): readonly string[] {
  return [...methodLooks.keys()].filter((method) => some.has(method));
}

/** A method as it is written in prose. */
export function methodName(method: string): string {
  return methodLook(method).name;
}

const probeNames: Readonly<Record<string, string>> = {
  linear: "linear probe",
  knn: "kNN probe",
  finetune: "fine-tuning",
  scratch: "training from scratch",
};

/** A probe as a title has it. */
export function probeName(probe: string): string {
  return probeNames[probe] ?? probe;
}

/** Whether a word is that of a method. */
export function isMethod(word: string): boolean {
  return methodLooks.has(word);
}

/** What stands at a place of a figure, in prose. */
export function placeWord(words: readonly string[]): string {
  return words.map((word) => word.split(" & ").map(methodName).join(" & ")).join(", ");
}

/** The data set of the paper that a role stands for, if it has one. */
export function paperName(role: string): string | undefined {
  return paperNames[role];
}

/** A corruption in the paper's words, with the parameters that were chosen here. */
export function corruptionTitle(corruption: Corruption): string {
  switch (corruption.kind) {
    case "clean":
      return "Clean";
    case "downsample":
      return `Resize & Downsample (${corruption.factor}x)`;
    case "resize":
      return `Resize to ${corruption.side} of the side`;
    case "jpeg":
      return `JPEG of quality ${corruption.quality}`;
    case "salt-and-pepper":
      return `Salt & Pepper with probability ${corruption.probability}`;
  }
}
