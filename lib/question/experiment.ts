import { type Experiment, experiment, type LabelSize, perClass, type Role } from "@/dsl/mod.ts";
import { claimsOf } from "@/lib/question/claims.ts";
import {
  leastSeeds,
  leastTestImages,
  type QuestionFacts,
  type Wishes,
} from "@/lib/question/facts.ts";
import { labelCounts } from "@/lib/question/label_counts.ts";
import { ownEncoders, type Part } from "@/lib/question/parts.ts";

const beginning = "ask-";

/** Whether an experiment's id is of a question, so that no file declares it. */
export function isQuestionId(id: string): boolean {
  return id.startsWith(beginning);
}

/** The id of the experiment that asks of a role. */
export function questionId(role: Role): string {
  return `${beginning}${role}`;
}

/** The experiment that some parts of a question are, with the claims that they can answer. */
export function experimentOf(
  parts: readonly Part[],
  facts: QuestionFacts,
  wishes: Wishes,
): Experiment {
  const { role } = facts;
  const has = (name: Part["name"]) => parts.some((part) => part.name === name);
  const labels: readonly LabelSize[] = [
    ...labelCounts(facts, wishes.labels).map((count) => perClass(count)),
    "all",
  ];
  return experiment({
    id: questionId(role),
    title: `Which encoder for ${role}?`,
    question:
      `Which encoder to start from, does pretraining on your own images pay, what do more labels give, what do bad images cost?`,
    reference: "none",
    seeds: wishes.seeds ?? leastSeeds,
    trials: parts.flatMap(({ trials }) => trials),
    claims: facts.testImages < leastTestImages ? [] : claimsOf({
      facts,
      labels,
      hasOutside: wishes.encoders.length > 0,
      own: ownEncoders(facts, wishes).filter(({ part }) => has(part)),
      hasScratch: has("scratch"),
      hasBadImages: has("bad-images"),
    }),
  });
}
