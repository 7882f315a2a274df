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
