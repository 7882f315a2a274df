import { type FactorName, factorNames, type Settings } from "@/dsl/mod.ts";
import { encodersOf, type EncoderSubject, type Subject } from "@/lib/results/subject.ts";

/** Something by which conditions differ: a column of a table, an axis or a colour of a chart. */
export interface Factor {
  /** As declarations call it: `training.temperature`. */
  readonly name: FactorName;
  /** As people do: `temperature`. */
  readonly title: string;
  /**
   * A number where it is one; {@linkcode none} where there is none; of a fusion what its encoders share, or their values with ` & `
   * between, as its methods always are.
   */
  readonly valueOf: Read;
  /** By what conditions that have none are told apart: those without a size by their method, those without a quality by corruption. */
  readonly insteadOf: Read;
}

/** The value of a factor of conditions. */
export type Read = (subject: Subject) => string | number;

/** The value of what has no such factor. */
export const none = "none";

/** A factor by its name. */
export function factorOf(name: FactorName): Factor {
  const valueOf = readOf(name);
  return { name, title: titleOf(name), valueOf, insteadOf: insteadOf(name) ?? valueOf };
}

/**
 * The factors in which some conditions differ, in the order of a declaration: of settings those that some condition has in place of
 * its recipe's. At which level it is scored is no factor of a condition.
 */
export function varyingFactors(subjects: readonly Subject[]): readonly Factor[] {
  const changed = new Set<string>(subjects.flatMap((subject) => [
    ...encodersOf(subject).flatMap(({ changes }) => pathsOf("training", changes.settings)),
    ...pathsOf("settings", subject.probeChanges.settings),
  ]));
  return factorNames.filter((name) =>
    name !== "level" && (!name.includes(".") || changed.has(name)) &&
    new Set(subjects.map(readOf(name))).size > 1
  ).map(factorOf);
}

function pathsOf(root: string, settings: Settings): readonly string[] {
  return Object.keys(settings).map((name) => `${root}.${name}`);
}

type Plain = Exclude<FactorName, `${string}.${string}`>;

const plain: { readonly [N in Plain]: Read } = {
  scale: ({ scale }) => scale,
  method: (subject) => encodersOf(subject).map(({ method }) => method).join(" & "),
  pretrain: ofEncoders(({ pretrain }) => pretrain),
  size: ofEncoders(({ sizes: [size = none] }) => size),
  corruption: ofEncoders(({ corruption }) => corruption),
  budget: ofEncoders(({ budget }) => budget),
  network: ofEncoders(({ network }) => network),
  replica: ofEncoders(({ replica }) => replica),
  probe: ({ probe }) => probe,
  on: ({ on }) => on,
  labels: ({ labels }) => labels,
  images: ({ seen }) => seen,
  level: ({ level }) => level,
};

// What has settings, which are factors by their paths.
const roots: Readonly<Record<string, (path: readonly string[]) => Read>> = {
  training: (path) => ofEncoders(({ training }) => at(training, path)),
  corruption: (path) => ofEncoders(({ parameters }) => at(parameters.corruption, path)),
  network: (path) => ofEncoders(({ parameters }) => at(parameters.network, path)),
  settings: (path) => ({ settings }) => at(settings, path),
  images: (path) => ({ seenParameters }) => at(seenParameters, path),
};

function readOf(name: FactorName): Read {
  const [root, ...path] = name.split(".");
  return path.length === 0 ? plain[root as Plain] : roots[root!]!(path);
}

function insteadOf(name: FactorName): Read | undefined {
  const [root, ...path] = name.split(".");
  if (name === "size" || root === "training") return plain.method;
  if (path.length === 0) return undefined;
  return root === "settings" ? plain.probe : plain[root as Plain];
}

const titles: { readonly [N in FactorName]?: string } = {
  pretrain: "pretrained on",
  size: "pretraining images",
  on: "evaluated on",
  images: "images of the task",
  "corruption.factor": "downsampling factor",
  "corruption.side": "resized side",
  "corruption.quality": "JPEG quality",
  "corruption.probability": "salt-and-pepper probability",
};

function titleOf(name: FactorName): string {
  const own = titles[name];
  if (own !== undefined) return own;
  const [root, ...path] = name.split(".");
  const told = path.join(" ").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  switch (root) {
    case "training":
      return told;
    case "settings":
      return `probe’s ${told}`;
    case "images":
      return `${titleOf(`corruption.${path[0]}` as FactorName)} of the task`;
    default:
      return path.length === 0 ? name : `${root} ${told}`;
  }
}

function ofEncoders(valueOf: (encoder: EncoderSubject) => string | number): Read {
  return (subject) => {
    const values = [...new Set(encodersOf(subject).map(valueOf))];
    return values.length === 1 ? values[0]! : values.join(" & ");
  };
}

/** A setting as a value of a chart or a table; one that is not there is none. */
function at(settings: object | null, path: readonly string[]): string | number {
  const value = path.reduce<unknown>(
    (record, name) => (record as Settings | null | undefined)?.[name],
    settings,
  );
  if (value === undefined || value === null) return none;
  return typeof value === "number" ? value : told(value);
}

function told(value: unknown): string {
  if (Array.isArray(value)) return value.map(told).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value).map(([name, one]) => `${name} ${told(one)}`).join(", ");
}
