import { resolve } from "node:path";
import { bytesText } from "@/lib/base/bytes_text.ts";
import { InputError } from "@/lib/base/errors.ts";
import { namesIn } from "@/lib/base/files.ts";
import type { FolderUse } from "@/lib/base/folders.ts";
import { plural } from "@/lib/base/plural.ts";
import { explaining } from "@/lib/base/system_errors.ts";
import { commandLine } from "@/lib/cli/command_line.ts";
import { checkZip, writeZip } from "@/lib/cli/export_zip.ts";
import { heldStudy } from "@/lib/cli/held_study.ts";
import { type ReportOptions, studyName } from "@/lib/cli/options.ts";
import { reportInput } from "@/lib/cli/publish.ts";
import { say } from "@/lib/cli/say.ts";
import { checkOut, type SealedFolder, writeSealed } from "@/lib/cli/sealed_folder.ts";
import { tellingProgress } from "@/lib/cli/status_line.ts";
import { storeDepot, transfer } from "@/lib/depot/mod.ts";
import { readOrigins, readRows, type StudyInput } from "@/lib/results/mod.ts";
import { findStore, openStore } from "@/lib/store/mod.ts";
import { reportNames, writeReport } from "@/reports/mod.ts";

/** Where an export goes, and whose it is. */
export interface ExportPlace {
  /** A folder, or a file whose name ends with `.zip`. */
  readonly out: string;
  readonly name: string;
}

/**
 * `deno task export`: an RO-Crate of experiments: their report, rows and claims, and every artifact that they stand on, as a
 * folder that is a store, too, or as a ZIP file.
 *
 * @throws {InputError} If the store holds nothing of them, or it cannot be written.
 */
export async function exportStudy(
  ids: readonly string[],
  options: ReportOptions,
  root: string,
): Promise<void> {
  const { out } = options, place = { out, name: `${studyName(ids, options)} export` };
  await checkExport(place, options.store);
  const { study, stale } = await heldStudy(ids, options, root);
  const input = {
    ...await reportInput(study, commandLine(ids, options)),
    rows: await readRows(study.plan, study.store),
  };
  const artifacts = await explaining(out, () => writeExport(input, place));
  if (stale !== undefined) say(`${stale}; what was not run is not in it`);
  say(`RO-Crate with ${plural(artifacts, "artifact")}: ${resolve(out)}`);
}

/**
 * Writes an export.
 *
 * @returns How many artifacts it has.
 */
export async function writeExport(input: StudyInput, place: ExportPlace): Promise<number> {
  return await (isZip(place.out) ? exportZip : exportFolder)(input, place);
}

function isZip(out: string): boolean {
  return /\.zip$/i.test(out);
}

const seal = "report.json";

function sealed({ out, name }: ExportPlace): SealedFolder {
  return { folder: out, seal, study: name };
}

/**
 * Makes sure, before work begins, that an export can be written.
 *
 * @param store The folder of the store that it is of.
 * @throws {InputError} If not.
 */
export async function checkExport(place: ExportPlace, store: string): Promise<void> {
  const { out } = place;
  if (isZip(out)) return await checkZip(out);
  const names = [...reportNames];
  await checkOut(sealed(place), names);
  const [there, own] = await Promise.all([findStore(out, useOf(out)), findStore(store)]);
  if (there.root === own.root) {
    throw new InputError(`--out ${out}`, "it is the store itself", "Give another folder");
  }
  const isSealed = (await namesIn(out)).includes(seal);
  if (!isSealed && (await storeDepot(there).keys()).length > 0) {
    throw new InputError(`--out ${out}`, "a store is there and no export", "Give another folder");
  }
}

/** Artifacts first, which may be many and are gone on with; what describes them last. */
async function exportFolder(input: StudyInput, place: ExportPlace): Promise<number> {
  const { plan, store } = input, { out } = place;
  const to = await openStore(out, useOf(out));
  // Beforehand, so that one that is killed is known as its own by the next.
  await writeSealed(sealed(place), {}, { inputs: "" });
  const keys = plan.steps.map(({ key }) => key);
  const { taken, there, busy } = await tellingBytes((onBytes) =>
    transfer(keys, { from: storeDepot(store), to: storeDepot(to) }, { replace: true, onBytes })
  );
  if (busy.length > 0) {
    throw new InputError(`--out ${out}`, "another process writes there", "Wait until it is done");
  }
  await writeReport(input, out, {
    artifacts: true,
    write: (_, files) => writeSealed(sealed(place), files, { inputs: "" }),
  });
  return taken.length + there.length;
}

async function exportZip(input: StudyInput, { out }: ExportPlace): Promise<number> {
  const origins = await readOrigins(input.plan, input.store);
  const manifests = [...origins.values()].map(({ manifest }) => manifest);
  await writeReport(input, out, {
    artifacts: true,
    write: async (_, files) => {
      const { store } = input;
      await tellingBytes((onBytes) => writeZip(out, { files, store, manifests, onBytes }));
      return [out];
    },
  });
  return origins.size;
}

/** Tells how much is written. */
async function tellingBytes<T>(
  write: (onBytes: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  return await tellingProgress((tell) =>
    write((done, total) => tell(`export: ${bytesText(done)} of ${bytesText(total)}`))
  );
}

/** How an export that is no store, and can be none, is told of. */
function useOf(out: string): FolderUse {
  return {
    place: `--out ${out}`,
    remedy: "Give a folder with --out that is empty or not there yet, or FILE.zip",
  };
}
