import type { Cell } from "@/lib/results/cells.ts";
import { artifactFolder, type Store } from "@/lib/store/mod.ts";

/** A question that a user asks of own data. */
export interface Question {
  readonly role: string;
  /** What was not asked for want of time, a sentence each. */
  readonly leftOut: readonly string[];
  /** Why no encoder was pretrained on the user's own images, where that is so. */
  readonly untried: string;
  /** With fewer test images nothing is judged. */
  readonly leastTestImages: number;
  /** What is less is of no use, whether it is there or not. */
  readonly leastGain: number;
  /** The command that writes features of its images, but for the encoder that is to look at them. */
  readonly features: string;
}

/** A question, and what was predicted where its answer needs more than right and wrong. */
export interface QuestionResults extends Question {
  /** By condition, for each seed: the class that each test image was given, at the finest level. */
  readonly predicted: ReadonlyMap<string, readonly Uint16Array[]>;
}

/** Reads which classes were predicted by linear probes on all labels and clean images, of one encoder each. */
export async function readQuestion(
  question: Question,
  cells: readonly Cell[],
  store: Store,
): Promise<QuestionResults> {
  const asked = cells.filter(({ subject: { on, probe, labels, seen, level, others } }) =>
    on === question.role && probe === "linear" && labels === "all" && seen === "clean" &&
    level === "finest" && others.length === 0
  );
  const read = await Promise.all(asked.map(async ({ subject, rows }) => {
    const predicted = await Promise.all(rows.map(async ({ origin }) => {
      const bytes = await Deno.readFile(`${artifactFolder(store, origin.probe)}/predictions.u16`);
      return new Uint16Array(bytes.slice().buffer);
    }));
    return [subject.condition, predicted] as const;
  }));
  return { ...question, predicted: new Map(read) };
}
