import { type Corruption, methods } from "@/lib/results/mod.ts";

const paperNames: Readonly<Record<string, string>> = {
  objects: "ImageNet",
  species: "iNat21",
  scenes: "Places365",
  aerial: "GLC20",
};

/** Names and colours of all methods, the untrained encoder the last. */
const looks = new Map<string, { readonly name: string; readonly colour: string }>([
  ...Object.entries(methods).map(([method, { words }]) => [method, words] as const),
  ["none", { name: "Untrained", colour: "#8a8f98" }],
]);

/** The data set of the paper that a role stands for, if it has one. */
export function paperName(role: string): string | undefined {
  return paperNames[role];
}

/** A method as it is written in prose. */
export function methodName(method: string): string {
  return method.split("+").map((one) => looks.get(one)?.name ?? one).join(" & ");
}

/** The colour of a method's lines and marks. */
export function methodColour(method: string): string {
  return looks.get(method)?.colour ?? "currentColor";
}

/** The methods that are among these, in the order in which reports have them. */
export function inOrder(some: ReadonlySet<string>): readonly string[] {
  return [...looks.keys()].filter((method) => some.has(method));
}

/** A corruption in the paper's words, with the parameters that were chosen here. */
export function corruptionTitle(corruption: Corruption): string {
  switch (corruption.kind) {
    case "clean":
      return "Clean";
    case "downsample":
      return `Resize & Downsample (${corruption.factor}x)`;
    case "resize":
      return `Resize to ${corruption.share} of the side`;
    case "jpeg":
      return `JPEG of quality ${corruption.quality}`;
    case "salt-and-pepper":
      return `Salt & Pepper with probability ${corruption.probability}`;
  }
}
