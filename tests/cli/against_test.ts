import assert from "node:assert/strict";
import { dataDomain } from "@/experiments/data_domain.ts";
import { taxa } from "@/experiments/taxa.ts";
import { checkAgainst, readAgainst } from "@/lib/cli/against.ts";
import { otherRun, readStudy } from "@/lib/results/mod.ts";
import { writeReport } from "@/reports/mod.ts";
import { openStore } from "@/lib/store/mod.ts";
import { command, withFolder } from "@/tests/cli/command.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const made = (accuracy: number, experiments = [dataDomain]) =>
  syntheticStudy(experiments, { accuracy: () => accuracy, testImages: 60 });

Deno.test("readAgainst() reads of another store the same experiments, and out of a report's claims.csv what it says", async () => {
  await using here = await made(0.5);
  await using there = await made(0.4);
  const store = await readAgainst(there.folder, here);
  assert.deepEqual(store, otherRun(there.folder, await readStudy(there)));
  const file = `${there.folder}/report/claims.csv`;
  await writeReport(there, `${there.folder}/report`);
  assert.deepEqual(await readAgainst(file, here), { ...store, name: file });
  await Deno.remove(`${there.folder}/report/figures.csv`);
  assert.deepEqual(await readAgainst(file, here), { ...store, name: file, cells: new Map() });
});

Deno.test("readAgainst() refuses a run that has nothing of the study", async () => {
  await using here = await made(0.5);
  await using other = await made(0.5, [taxa]);
  const empty = (await openStore(`${other.folder}/empty`)).root;
  const refusal = {
    name: "InputError",
    message:
      `--against ${empty}: nothing in it was measured of data-domain at scale mini. Give a run of the same experiments`,
  };
  await assert.rejects(readAgainst(empty, here), refusal);
  await writeReport(other, `${other.folder}/report`);
  await assert.rejects(
    readAgainst(`${other.folder}/report/claims.csv`, here),
    /claims\.csv: nothing in it was measured of data-domain at scale mini/,
  );
});

Deno.test("checkAgainst() refuses what is no store and no file of claims, and the report's own store", () =>
  withFolder(async (folder) => {
    const own = await openStore(`${folder}/own`);
    await Deno.mkdir(`${folder}/photos`);
    await Deno.writeTextFile(`${folder}/photos/one.jpg`, "no image");
    const refused = async (name: string, problem: string) => {
      await assert.rejects(checkAgainst(name, own.root), {
        message: `--against ${name}: ${problem}`,
      });
    };
    const remedy = "Give a store, or the claims.csv of a report";
    await refused(own.root, "it is the store of the report itself. Give another");
    await refused(`${folder}/none`, `there is neither a store nor a file. ${remedy}`);
    await refused(
      `${folder}/photos`,
      `it holds one.jpg but no format.json of a store, so this project did not make it. ${remedy}`,
    );
    await assert.rejects(
      checkAgainst(`${folder}/photos/one.jpg`, own.root),
      /one\.jpg: it has no column experiment, .*verdict\. Give the claims\.csv of a report/,
    );
    const { code, stderr } = await command(
      ...["report", "data-domain", "--scale", "smoke", "--store", own.root],
      ...["--out", `${folder}/out`, "--against", own.root],
    );
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^error: --against .*: it is the store of the report itself\. Give another$/m,
    );
  }));
