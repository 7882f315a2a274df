import type { Settings } from "@/dsl/mod.ts";
import { encodersOf, type EncoderSubject, type Subject } from "@/lib/results/subject.ts";

/** Something by which conditions differ: a column of a table, an axis or a colour of a chart. */
export interface Factor {
  /** As declarations call it: `method`, `corruption`, `temperature`. */
  readonly name: string;
  /** A number where it is one; of a fusion its encoders' values with ` & ` between. */
  readonly valueOf: (subject: Subject) => string | number;
}

/** The factors in which some conditions differ, in the order of a declaration. */
export function varyingFactors(subjects: readonly Subject[]): readonly Factor[] {
  return allFactors(subjects).filter(({ valueOf }) => new Set(subjects.map(valueOf)).size > 1);
}

function allFactors(subjects: readonly Subject[]): readonly Factor[] {
  const encoders = subjects.flatMap(encodersOf);
  return [
    { name: "scale", valueOf: ({ scale }) => scale },
    ofEncoders("method", ({ method }) => method),
    ofEncoders("pretrain", ({ pretrain }) => pretrain),
    ofEncoders("size", ({ sizes: [size = "none"] }) => size),
    ofEncoders("corruption", ({ corruption }) => corruption),
    ofEncoders("budget", ({ budget }) => budget),
    ...trainingFactors(encoders),
    ofEncoders("network", ({ network }) => network),
    ofEncoders("replica", ({ replica }) => replica),
    { name: "probe", valueOf: ({ probe }) => probe },
    { name: "on", valueOf: ({ on }) => on },
    { name: "labels", valueOf: ({ labels }) => labels },
    { name: "images", valueOf: ({ seen }) => seen },
    ...settingsNames(subjects.map(({ probeChanges }) => probeChanges.settings)).map((name) => ({
      name: `probe’s ${name}`,
      valueOf: ({ settings }: Subject) => plain(settings[name]),
    })),
  ];
}

/** A factor for each setting that some training has in place of its recipe's; of the others it is the recipe's own value. */
function trainingFactors(encoders: readonly EncoderSubject[]): readonly Factor[] {
  return settingsNames(encoders.map(({ changes }) => changes.settings)).map((name) =>
    ofEncoders(name, ({ training }) => {
      const settings: Settings = { ...training };
      return plain(settings[name]);
    })
  );
}

function settingsNames(all: readonly object[]): readonly string[] {
  return [...new Set(all.flatMap((settings) => Object.keys(settings)))];
}

function ofEncoders(
  name: string,
  valueOf: (encoder: EncoderSubject) => string | number,
): Factor {
  return {
    name,
    valueOf: (subject) => {
      const values = encodersOf(subject).map(valueOf);
      return values.length === 1 ? values[0]! : values.join(" & ");
    },
  };
}

/** A setting as a value of a chart or a table; one that a method does not have is none. */
function plain(value: unknown): string | number {
  if (value === undefined) return "none";
  return typeof value === "number" ? value : typeof value === "string" ? value : told(value);
}

function told(value: unknown): string {
  if (Array.isArray(value)) return value.map(told).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value).map(([name, one]) => `${name} ${told(one)}`).join(", ");
}
