import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { parquetReadObjects } from "hyparquet";
import { claim, mean } from "@/dsl/mod.ts";
import { dataDomain } from "@/experiments/data_domain.ts";
import {
  cellId,
  claimLines,
  claimsParquet,
  judge,
  readStudy,
  rowColumns,
  rowLines,
  rowsParquet,
} from "@/lib/results/mod.ts";
import { madeCell } from "@/tests/results/made_cells.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const read = (bytes: Uint8Array) =>
  parquetReadObjects({
    file: bytes.slice().buffer,
    compressors: { GZIP: (packed) => new Uint8Array(gunzipSync(packed)) },
  });

Deno.test("rowsParquet() holds every row with its types, under the columns of rows.csv", async () => {
  await using study = await syntheticStudy([dataDomain], { accuracy: () => 0.4, testImages: 50 });
  const rows = rowLines(await readStudy(study));
  const lines = await read(rowsParquet(rows));
  assert.equal(lines.length, study.rows.length);
  lines.forEach((line, i) => {
    assert.deepEqual(Object.keys(line), [...rowColumns]);
    for (const name of rowColumns) assert.equal(line[name], rows[i]![name], name);
  });
});

Deno.test("claimsParquet() holds numbers as numbers, and null for what is not measured", async () => {
  const cells = [madeCell({}, [Uint8Array.of(1, 0, 1, 1), Uint8Array.of(1, 1, 1, 0)])];
  const asked = [
    claim({ id: "a", number: 3, statement: "A", term: mean({}), paper: 0.5 }),
    claim({ id: "b", statement: "B", term: mean({ pretrain: "aerial" }) }),
  ].map((claim) => ({
    claim,
    measurements: { cells, pretexts: [], testClasses: new Map() },
    absent: [],
    failed: () => [],
  }));
  const { judgements } = judge(asked, { families: { paper: 1, own: 1 } });
  const lines = claimLines(
    judgements.map((judgement) => ({ experiment: { id: "e" }, judgement, cells })),
  );
  const [a, ofA, b] = await read(claimsParquet(lines));
  assert.deepEqual([a!.number, a!.paper, a!.value, a!.seeds], [3, 0.5, 0.75, 2]);
  assert.deepEqual([ofA!.contrast, ofA!.threshold], ["a", 0]);
  const { subject } = cells[0]!;
  assert.deepEqual([a!.cells, ofA!.cells, b!.cells], [cellId(subject), cellId(subject), null]);
  assert.deepEqual([b!.number, b!.paper, b!.value, b!.verdict], [
    null,
    null,
    null,
    "not testable here",
  ]);
});
