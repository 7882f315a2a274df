import assert from "node:assert/strict";
import { randomAt } from "@/lib/base/random.ts";
import { adviceOf } from "@/reports/advice.ts";
import { adviceFacts } from "@/reports/advice_facts.ts";
import { adviceNumbers } from "@/reports/advice_numbers.ts";
import { ends, negative } from "@/reports/advice_words.ts";
import { birds, everything } from "@/tests/question/facts.ts";
import { simulateAnswer } from "@/tests/reports/simulated_answer.ts";

Deno.test("figures.csv has every difference that the advice tells, with its interval", () => {
  const facts = adviceFacts(simulateAnswer({
    facts: { ...birds, levels: ["species"] },
    wishes: { ...everything, encoders: ["dino", "mae"] },
    seeds: 2,
    truth: ({ encoders: [encoder], probe }, labels) =>
      0.3 + 0.05 * Math.log10(labels) + (encoder!.method === "simclr" ? 0.1 : 0) +
      (probe.kind === "finetune" ? 0.05 : 0),
  }, randomAt(1, "answer")));
  const numbers = adviceNumbers(facts);
  const known = new Set(numbers.flatMap(({ value, low, high }) => {
    const one = { value, interval: { low: low!, high: high! }, seeds: 2 };
    return [one, negative(one)].map(({ interval }) => ends(interval));
  }));
  const told = adviceOf(facts).flatMap(({ text }) =>
    [...text.matchAll(/points[ ,]*\(?(−?[\d.]+ to −?[\d.]+)\)/g)].map(([, range]) => range!)
  );
  assert.ok(told.length >= 6, told.join("; "));
  for (const range of told) assert.ok(known.has(range), range);
  assert.equal(new Set(numbers.map(({ what }) => what)).size, numbers.length);
  assert.ok(!numbers.some(({ what }) => what.includes("undefined")));
});
