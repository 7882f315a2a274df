import * as z from "zod";
import type { FailureKind } from "@/lib/base/errors.ts";
import type { LeaseMark } from "@/lib/base/lease.ts";
import type { Binding, WorldSize } from "@/lib/data/mod.ts";
import { readStep, type Step } from "@/lib/plan/mod.ts";
import type { Engine, WeightsFile } from "@/lib/run/job.ts";
import type { BackendName } from "@/lib/tensor/backend_name.ts";

/** What a worker process is sent, one JSON text a line. */
export interface Order {
  readonly step: Step;
  readonly store: string;
  /** The claim under which it is worked. */
  readonly claim: LeaseMark;
  /** The fingerprint of the code that works this step. */
  readonly code: string;
  /** The command that the user gave. */
  readonly command: string;
  readonly binding: Binding | null;
  readonly weights: WeightsFile | null;
  readonly world: WorldSize;
  readonly engine: Engine;
}

const text = z.string(), number = z.number();

const order: z.ZodType<Order> = z.strictObject({
  step: z.unknown().transform(readStep),
  store: text,
  claim: z.strictObject({ path: text, nonce: text }),
  code: text,
  command: text,
  // Whoever reads data.yaml has checked it.
  binding: z.custom<Binding>((value) => typeof value === "object").nullable(),
  weights: z.strictObject({
    path: text,
    source: text.exactOptional(),
    licence: text.exactOptional(),
  }).nullable(),
  world: z.strictObject({ train: number, test: number, seed: number }),
  engine: z.strictObject({
    backend: z.custom<BackendName>((value) => typeof value === "string"),
    device: text,
    check: z.boolean(),
  }),
});

const answer = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({ type: z.literal("progress"), done: number, total: number, unit: text }),
  z.strictObject({ type: z.literal("done"), seconds: number }),
  z.strictObject({ type: z.literal("given back") }),
  z.strictObject({ type: z.literal("lost") }),
  z.strictObject({
    type: z.literal("failed"),
    kind: z.custom<FailureKind>((value) => typeof value === "string"),
    message: text,
  }),
]);

/** In the place of an order: the step under way is to be stopped at a checkpoint and given back. */
export const stopLine = '{"type":"stop"}';

/** What a worker process answers, one JSON text a line. */
export type Answer = z.output<typeof answer>;

/**
 * Reads a line that the runner sent.
 *
 * @throws {z.ZodError} If it is no order.
 */
export function readOrder(line: string): Order {
  return order.parse(JSON.parse(line));
}

/** Reads a line that a worker process wrote; `null` for one of its libraries'. */
export function readAnswer(line: string): Answer | null {
  if (!line.startsWith("{")) return null;
  return answer.safeParse(JSON.parse(line)).data ?? null;
}
