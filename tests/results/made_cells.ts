import type { Cell, Row, Subject } from "@/lib/results/mod.ts";

/** A cell made of bytes, one array a seed. */
export function madeCell(
  subject: Partial<Subject>,
  correct: readonly Uint8Array[],
  seeds: readonly number[] = correct.map((_, i) => i + 1),
): Cell {
  const whole: Subject = {
    experiment: "made",
    condition: JSON.stringify(subject),
    method: "simclr",
    pretrain: "objects",
    roles: ["objects"],
    sizes: ["1M"],
    corruption: "clean",
    budget: "recipe",
    replica: 0,
    probe: "linear",
    on: "species",
    labels: "all",
    seen: "clean",
    level: "finest",
    others: [],
    coarsest: false,
    ...subject,
  };
  const rows = correct.map((bytes, i): Row => ({
    experiment: whole.experiment,
    condition: whole.condition,
    method: whole.method,
    pretrain_domain: whole.pretrain,
    pretrain_images: 1,
    corruption: whole.corruption,
    budget: whole.budget,
    probe: whole.probe,
    eval_domain: whole.on,
    labels: 1,
    eval_images: whole.seen,
    level: whole.level,
    seed: seeds[i]!,
    metric: "top1",
    value: bytes.reduce((a, b) => a + b, 0) / bytes.length,
    subject: whole,
    origin: { score: "", probe: "", encoders: [] },
    correct: "correct-0.u8",
    classes: 2,
    testImages: bytes.length,
  }));
  return { subject: whole, rows, correct };
}
