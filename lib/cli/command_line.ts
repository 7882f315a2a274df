import { shellWord } from "@/lib/base/shell_word.ts";
import { seedsText, type StudyOptions } from "@/lib/cli/options.ts";

/**
 * The command that redoes a study, for the provenance of its results, as it can be pasted into a shell: it says what is
 * computed, and not where that is kept.
 */
export function commandLine(ids: readonly string[], options: StudyOptions): string {
  const { scale, all, precision, data, encoders, allow, seeds, figures } = options;
  const { untilDecided, maxSeeds } = options;
  const words = ["deno", "task", "reproduce", ...ids, "--scale", scale];
  if (all) words.push("--all");
  if (precision !== undefined) words.push("--precision", precision);
  if (data !== undefined) words.push("--data", data);
  if (encoders !== undefined) words.push("--encoders", encoders);
  if (allow.length > 0) words.push("--allow", allow.join(","));
  if (seeds !== undefined) words.push("--seeds", seedsText(seeds));
  if (figures === "full") words.push("--figures", figures);
  if (untilDecided) words.push("--until-decided");
  if (maxSeeds !== undefined) words.push("--max-seeds", `${maxSeeds}`);
  return words.map(shellWord).join(" ");
}
