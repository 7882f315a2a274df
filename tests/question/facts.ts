import { role } from "@/dsl/mod.ts";
import type { QuestionFacts, Wishes } from "@/lib/question/mod.ts";

/** Some photographs of birds. */
export const birds: QuestionFacts = {
  role: role("birds"),
  trainImages: 400,
  testImages: 200,
  unlabelledImages: 1600,
  classes: 10,
  levels: ["species", "family"],
};

/** What can be wished of them. */
export const everything: Wishes = { encoders: [], pretrain: true };
