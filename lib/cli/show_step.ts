import { bytesText } from "@/lib/base/bytes_text.ts";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { exists } from "@/lib/base/files.ts";
import type { Study } from "@/lib/cli/study.ts";
import type { Step } from "@/lib/plan/mod.ts";
import { type Attempt, attemptsAt, stepLogPath } from "@/lib/run/mod.ts";
import { jobLogOf } from "@/lib/run/slurm/mod.ts";
import { artifactFolder, findArtifact, type Manifest, type Store } from "@/lib/store/mod.ts";

/** What there is to tell of one step beside where it lies: who made it and by which command, what it measured, files and logs. */
export async function stepLines(
  { key }: Step,
  { store }: Pick<Study, "store">,
): Promise<readonly string[]> {
  const found = await findArtifact(store, key);
  const folder = artifactFolder(store, key);
  return [
    ...found.state === "cached" ? artifactLines(found.manifest, folder) : [],
    ...await tryLines(key, store),
  ];
}

function artifactLines({ code, content, info, files, made }: Manifest, folder: string) {
  const machine = Object.entries(made.machine).map(([name, value]) => `${name} ${value}`);
  return [
    `command ${made.command}`,
    ...machine.length === 0 ? [] : [`machine ${machine.join(", ")}`],
    `code ${code}`,
    `content ${content}`,
    "metrics:",
    ...Object.entries(info).map(([name, value]) => `  ${name} ${metricText(value)}`),
    "files:",
    ...Object.entries(files).map(([name, { bytes }]) => `  ${folder}/${name}  ${bytesText(bytes)}`),
    `  ${folder}/manifest.json`,
  ];
}

// Longer lists are told by their ends.
const mostItems = 4;

function metricText(value: unknown): string {
  if (!Array.isArray(value) || value.length <= mostItems) return canonicalJson(value);
  return `${value.length} of them, the first ${canonicalJson(value[0])}, the last ${
    canonicalJson(value.at(-1))
  }`;
}

/** How it was tried since it was last done, and what its processes wrote. */
async function tryLines(key: string, store: Store): Promise<readonly string[]> {
  const attempts = await attemptsAt(store, key), log = stepLogPath(store, key);
  const ofJobs = await Promise.all(attempts.map((one) => jobLogOf(store, one)));
  const logs = [...await exists(log) ? [log] : [], ...new Set(ofJobs.flatMap((one) => one ?? []))];
  return [
    ...attempts.length === 0
      ? []
      : ["attempts:", ...attempts.map((one) => `  ${attemptText(one)}`)],
    ...logs.length === 0
      ? []
      : [logs.length === 1 ? "log:" : "logs:", ...logs.map((one) => `  ${one}`)],
  ];
}

function attemptText({ at, host, end }: Attempt): string {
  if (end === null) return `${at} on ${host}: under way, or gone without a word`;
  const { how, kind, message } = end;
  const why = kind === undefined ? "" : ` (${kind})`;
  const first = message === undefined ? "" : `: ${message.split("\n")[0]}`;
  return `${at} on ${host}: ${how}${why} ${end.at}${first}`;
}
