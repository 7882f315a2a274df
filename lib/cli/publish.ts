import { basename } from "node:path";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { writeAtomic } from "@/lib/base/files.ts";
import { sha256, sha256File } from "@/lib/base/sha256.ts";
import type { Study } from "@/lib/cli/study.ts";
import { readRows } from "@/lib/results/mod.ts";
import { fingerprintOf } from "@/lib/run/mod.ts";
import { findArtifact } from "@/lib/store/mod.ts";
import { writeReport } from "@/reports/mod.ts";

/** Where the report stands, and whether it stood there already. */
export interface Published {
  readonly path: string;
  readonly fresh: boolean;
}

/** The file that says what a report was made from. */
const sealName = "report.json";

/** Writes the report and the rows, unless those that stand there were made from the same results by the same code. */
export async function publish(
  study: Study,
  out: string,
  command: string,
  root: string,
): Promise<Published> {
  await Deno.mkdir(out, { recursive: true });
  const path = `${await Deno.realPath(out)}/index.html`;
  const inputs = sha256(canonicalJson({
    code: await fingerprintOf(root, "reports/mod.ts"),
    command,
    scale: study.scale.name,
    experiments: study.experiments.map((one) => one.id),
    artifacts: await contents(study),
  }));
  if (await isSealed(out, inputs)) return { path, fresh: true };
  const rows = await readRows(study.plan, study.store);
  const files = await writeReport({ ...study, rows, command }, out);
  const hashes = Object.fromEntries(
    await Promise.all(files.map(async (file) => [basename(file), await sha256File(file)])),
  );
  await writeAtomic(`${out}/${sealName}`, `${canonicalJson({ inputs, files: hashes })}\n`);
  return { path, fresh: false };
}

/** The content of every artifact that the report shows. */
async function contents(study: Study): Promise<{ [key: string]: string }> {
  const shown = study.plan.steps.filter(({ kind }) => kind !== "features" && kind !== "subset");
  const pairs = await Promise.all(shown.map(async ({ key }) => {
    const found = await findArtifact(study.store, key);
    return [key, found.state === "cached" ? found.manifest.content : found.state] as const;
  }));
  return Object.fromEntries(pairs);
}

async function isSealed(out: string, inputs: string): Promise<boolean> {
  try {
    const seal = JSON.parse(await Deno.readTextFile(`${out}/${sealName}`));
    if (seal.inputs !== inputs) return false;
    for (const [name, hash] of Object.entries(seal.files)) {
      if (await sha256File(`${out}/${name}`) !== hash) return false;
    }
    return true;
  } catch {
    // No report yet, or one that somebody changed: it is written anew.
    return false;
  }
}
