import { listing, plural } from "@/lib/report/mod.ts";
import type { AdviceFacts } from "@/reports/advice_facts.ts";
import { bracketed, directionOf, negative, sentence, size } from "@/reports/advice_words.ts";

/** What training all layers on labels gives, from an encoder or from scratch. */
export function training(facts: AdviceFacts): string {
  const { scratch, finetuned, tunedOwn, ranking } = facts;
  const sentences: string[] = [];
  for (const { labels, gain } of scratch ?? []) {
    const over = `${ranking[0]!.name} with a linear classifier`;
    const at = `With ${plural(labels, "label")}`;
    sentences.push(
      {
        more: `${at}, ${over} is ${size(gain)} ahead of a network trained from scratch.`,
        less: `${at}, a network trained from scratch is ${size(negative(gain))} ahead of ${over}.`,
        open: `${at}, ${over} and a network trained from scratch cannot be told apart ${
          bracketed(gain)
        }.`,
      }[directionOf(gain)],
    );
  }
  if (finetuned !== undefined) {
    const { name, gain } = finetuned;
    sentences.push(
      {
        more: `Fine-tuning ${name} gives ${size(gain)} over its linear classifier.`,
        less: `Fine-tuning ${name} loses ${size(negative(gain))} against its linear classifier.`,
        open: `Whether fine-tuning ${name} helps cannot be told ${bracketed(gain)}.`,
      }[directionOf(gain)],
    );
  }
  if (tunedOwn !== undefined) sentences.push(...tunedFromOwn(tunedOwn));
  return sentences.join(" ");
}

/** Whether fine-tuning what was pretrained on own images beats training from scratch. */
function tunedFromOwn({ name, gains }: NonNullable<AdviceFacts["tunedOwn"]>): readonly string[] {
  const tuning = `fine-tuning ${name}`, scratch = "training from scratch";
  const decided = gains.flatMap(({ labels, gain }) => {
    const at = `With ${plural(labels, "label")}`;
    return {
      more: [`${at}, ${tuning} is ${size(gain)} ahead of ${scratch}.`],
      less: [`${at}, ${scratch} is ${size(negative(gain))} ahead of ${tuning}.`],
      open: [],
    }[directionOf(gain)];
  });
  const open = gains.filter(({ gain }) => directionOf(gain) === "open")
    .map(({ labels, gain }) => `${size(gain)} with ${plural(labels, "label")}`);
  return open.length === 0
    ? decided
    : [...decided, `${sentence(tuning)} and ${scratch} cannot be told apart: ${listing(open)}.`];
}
