import { isFloorName } from "@/dsl/mod.ts";
import type { Cell } from "@/lib/results/cells.ts";
import { meanOf } from "@/lib/results/interval.ts";
import type { PretextCell } from "@/lib/results/pretext.ts";
import { encodersOf, type Subject } from "@/lib/results/subject.ts";

/** Something that was measured at several seeds: an accuracy on test images, or how well a training solves its own task. */
export interface Source {
  /** What was trained for it: sources of one training share its luck at a seed. */
  readonly training: string;
  /** Sources whose trainings vary alike from seed to seed, but for where they stand between 0 and 1. */
  readonly kind: "given" | "frozen" | "trained" | "pretext";
  /** The role on whose test images it was measured; `null` where there are none. */
  readonly role: string | null;
  readonly seeds: readonly number[];
  /** At each seed, 0 to 1. */
  readonly values: readonly number[];
  /** At each seed, a byte for each test image of the role; empty where there are none. */
  readonly correct: readonly Uint8Array[];
  /** The test images that count, where not all do. */
  readonly images?: Uint32Array;
}

/** The accuracy of a condition. */
export function sourceOfCell({ subject, rows, correct }: Cell): Source {
  const own = subject.probe === "finetune" || subject.probe === "scratch";
  const encoders = encodersOf(subject).map((
    { method, pretrain, sizes, corruption, budget, replica, changes, network },
  ) => [method, pretrain, sizes, corruption, budget, replica, changes.settings, network]);
  return {
    training: JSON.stringify([
      encoders,
      subject.scale,
      subject.on,
      ...own ? [subject.probe, subject.labels, subject.probeChanges.settings] : [],
    ]),
    kind: own ? "trained" : isGiven(subject) ? "given" : "frozen",
    role: subject.on,
    seeds: rows.map(({ seed }) => seed),
    values: rows.map(({ value }) => value),
    correct,
  };
}

/** Whether seeds change next to nothing: the encoders are what they are, and all labels are there. */
function isGiven(subject: Subject): boolean {
  return subject.labels === "all" &&
    encodersOf(subject).every(({ method, checkpoint }) =>
      checkpoint !== undefined || isFloorName(method)
    );
}

/** The accuracy of a condition on some of its test images. */
export function sourceOfImages(cell: Cell, images: Uint32Array): Source {
  const whole = sourceOfCell(cell);
  const values = cell.correct.map((bytes) =>
    images.reduce((sum, image) => sum + bytes[image]!, 0) / images.length
  );
  return { ...whole, values, images };
}

/** How well a training solves its own task. */
export function sourceOfPretext({ subject, accuracies }: PretextCell): Source {
  return {
    training: JSON.stringify(["pretext", subject.condition]),
    kind: "pretext",
    role: null,
    seeds: [...accuracies.keys()],
    values: [...accuracies.values()],
    correct: [],
  };
}

/** The mean of a source over some of its seeds. */
export function valueAt(source: Source, seeds: readonly number[]): number {
  return meanOf(seeds.map((seed) => source.values[source.seeds.indexOf(seed)]!));
}
