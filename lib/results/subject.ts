import { type Condition, corruptionName, type ProbeKind, type Size } from "@/dsl/mod.ts";

/** What a result is about, in the words of the grammar: the condition without its seed, at one level. */
export interface Subject {
  readonly experiment: string;
  /** The condition's name, the same for every seed. */
  readonly condition: string;
  /** `simclr`, `moco`, `byol`, `supervised` or `none`; several joined by `+` for a fusion of unlike encoders. */
  readonly method: string;
  /** Roles pretrained on, joined by `+`; `none` for an untrained encoder. */
  readonly pretrain: string;
  /** The size of each part pretrained on, in the paper's terms. */
  readonly sizes: readonly Size[];
  readonly corruption: string;
  readonly probe: ProbeKind;
  /** The role whose test images are classified. */
  readonly on: string;
  readonly labels: Size;
  /** `finest`, or the name of a coarser level. */
  readonly level: string;
}

/** The subject of a condition at a level of its label tree. */
export function subjectOf(condition: Condition, level: string): Subject {
  const { encoders, probe } = condition;
  const sources = encoders.flatMap((encoder) => encoder.sources);
  return {
    experiment: condition.experiment,
    condition: condition.name,
    method: distinct(encoders.map((encoder) => encoder.method)),
    pretrain: sources.length === 0 ? "none" : distinct(sources.map((source) => source.role)),
    sizes: sources.map((source) => source.size),
    corruption: distinct(encoders.map((encoder) => corruptionName(encoder.corruption))),
    probe: probe.kind,
    on: probe.labels.role,
    labels: probe.labels.size,
    level,
  };
}

function distinct(words: readonly string[]): string {
  return [...new Set(words)].join("+");
}
