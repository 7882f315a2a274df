import { bytesText } from "@/lib/base/bytes_text.ts";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { exists, namesIn } from "@/lib/base/files.ts";
import type { Study } from "@/lib/cli/study.ts";
import type { Step } from "@/lib/plan/mod.ts";
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
    ...await logLines(key, store),
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

/** What was written while it was worked, by whom ever. */
async function logLines(key: string, { root }: Store): Promise<readonly string[]> {
  const attempts = (await namesIn(`${root}/attempts/${key}`)).sort();
  const log = `${root}/logs/${key}.log`;
  const lines = [
    ...await exists(log) ? [`  ${log}`] : [],
    ...attempts.map((name) => `  ${root}/attempts/${key}/${name}`),
  ];
  return lines.length === 0 ? [] : ["logs:", ...lines];
}
