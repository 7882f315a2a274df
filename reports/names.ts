import type { Corruption } from "@/lib/results/mod.ts";

const paperNames: Readonly<Record<string, string>> = {
  objects: "ImageNet",
  species: "iNat21",
  scenes: "Places365",
  aerial: "GLC20",
};

const methodNames: Readonly<Record<string, string>> = {
  simclr: "SimCLR",
  moco: "MoCo",
  byol: "BYOL",
  supervised: "Supervised",
  none: "Untrained",
};

/** The data set of the paper that a role stands for, if it has one. */
export function paperName(role: string): string | undefined {
  return paperNames[role];
}

/** A method as it is written in prose. */
export function methodName(method: string): string {
  return method.split("+").map((one) => methodNames[one] ?? one).join(" & ");
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
