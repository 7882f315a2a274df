import { resolve } from "node:path";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { registeredOf } from "@/lib/cli/register.ts";
import { checkOut, isFresh, type SealedFolder, writeSealed } from "@/lib/cli/sealed_folder.ts";
import type { Study } from "@/lib/cli/study.ts";
import type { Step } from "@/lib/plan/mod.ts";
import { readRows, type StudyInput } from "@/lib/results/mod.ts";
import { filesIn, fingerprintOf } from "@/lib/run/mod.ts";
import { findArtifact, type Manifest, type Store } from "@/lib/store/mod.ts";
import { againstName, reportNames, writeReport } from "@/reports/mod.ts";

/** Where the report stands, and whether it stood there already. */
export interface Published {
  readonly path: string;
  readonly fresh: boolean;
}

/** All that a report is made from; its rows are read from the store, by the plan. */
export type ReportInput = Omit<StudyInput, "rows">;

/** Where a report goes. */
export interface ReportPlace {
  /** The folder. */
  readonly out: string;
  /** What `studyName()` gives. */
  readonly name: string;
  /** Whether the report is laid beside another run. */
  readonly against?: boolean;
}

/**
 * Makes sure, before work begins, that a report can be written into a folder.
 *
 * @throws {InputError} If it cannot, or would replace what this project did not write, or wrote of another study.
 */
export async function checkReportFolder(place: ReportPlace): Promise<void> {
  await checkOut(sealed(place), namesOf(place));
}

function namesOf({ against = false }: ReportPlace): readonly string[] {
  return against ? [...reportNames, againstName] : reportNames;
}

/** What a study's report is made from. */
export async function reportInput(
  study: Study & Pick<StudyInput, "outstanding" | "against">,
  command: string,
): Promise<ReportInput> {
  const { experiments, registry, looks, plan, store, scale, domains, refused } = study;
  const { outstanding, against, question } = study;
  const registered = await registeredOf(study);
  return {
    ...{ experiments, registry, looks, registered, plan, store, scale, domains, refused, command },
    ...outstanding && { outstanding },
    ...against && { against },
    ...question && { question },
  };
}

/** Writes the report and the rows, unless those that stand there were made from the same results by the same code. */
export async function publish(
  study: Study & Pick<StudyInput, "outstanding" | "against">,
  place: ReportPlace,
  { command, root }: { readonly command: string; readonly root: string },
): Promise<Published> {
  const input = await reportInput(study, command);
  const inputs = await sealOf(input, await fingerprintOf(filesIn(root), "reports/mod.ts"));
  const { out } = place, path = resolve(out, "index.html");
  const without = place.against ? [] : [againstName];
  if (await isFresh(sealed(place), namesOf(place), { inputs })) return { path, fresh: true };
  await writeReport({ ...input, rows: await readRows(study.plan, study.store) }, out, {
    write: (folder, files) =>
      writeSealed(sealed({ ...place, out: folder }), files, { inputs, without }),
  });
  return { path, fresh: false };
}

/**
 * A hash of everything that a report is made from, whole and not by a list of what matters; in the place of the store
 * stands what it holds of the plan's steps.
 *
 * @param code The fingerprint of the code that makes it.
 */
export async function sealOf(input: ReportInput, code: string): Promise<string> {
  const { store, ...rest } = input;
  const held = await Promise.all(input.plan.steps.map((step) => heldOf(store, step)));
  // As JSON a map would be an empty record, at any depth.
  const plain = (_: string, value: unknown) => value instanceof Map ? [...value] : value;
  return sha256(canonicalJson({ code, held, input: JSON.parse(JSON.stringify(rest, plain)) }));
}

/** What a report can see of a step in the store. */
async function heldOf(store: Store, { key }: Step): Promise<Manifest | string> {
  const found = await findArtifact(store, key);
  return found.state === "cached" ? found.manifest : found.state;
}

function sealed({ out, name }: ReportPlace): SealedFolder {
  return { folder: out, seal: "report.json", study: name };
}
