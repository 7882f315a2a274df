/**
 * A user's own question, made into an experiment from what is known of the data: pure.
 *
 * @module
 */

export * from "@/lib/question/choose.ts";
export * from "@/lib/question/experiment.ts";
export * from "@/lib/question/facts.ts";
export * from "@/lib/question/label_counts.ts";
export * from "@/lib/question/parts.ts";
