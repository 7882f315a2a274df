import assert from "node:assert/strict";
import { dataDomain } from "@/experiments/data_domain.ts";
import { sha256File } from "@/lib/base/sha256.ts";
import { writeReport } from "@/reports/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

interface Entity {
  readonly "@id": string;
  readonly "@type": string;
  readonly [property: string]: unknown;
}

/** Every reference within an entity. */
function references(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== "object" || value === null) return [];
  const { "@id": id, ...rest } = value as Record<string, unknown>;
  return Object.keys(rest).length === 0 && typeof id === "string"
    ? [id]
    : Object.values(rest).flatMap(references);
}

Deno.test("writeReport() leaves an RO-Crate that describes every file, and the same bytes when written again", async () => {
  await using input = await syntheticStudy([dataDomain], { accuracy: () => 0.5, testImages: 60 });
  const folders = ["once", "again"].map((name) => `${input.folder}/${name}`);
  for (const folder of folders) await writeReport(input, folder);
  const texts = await Promise.all(
    folders.map((folder) => Deno.readTextFile(`${folder}/ro-crate-metadata.json`)),
  );
  assert.equal(texts[0], texts[1]);

  const { "@context": context, "@graph": graph } = JSON.parse(texts[0]!) as {
    "@context": string;
    "@graph": readonly Entity[];
  };
  assert.equal(context, "https://w3id.org/ro/crate/1.1/context");
  const byId = new Map(graph.map((entity) => [entity["@id"], entity]));
  assert.equal(byId.size, graph.length, "an id occurs twice");
  // What the specification asks of every crate (RO-Crate 1.1, Root Data Entity).
  const root = byId.get("./")!;
  assert.deepEqual(byId.get("ro-crate-metadata.json")!.about, { "@id": "./" });
  assert.equal(root["@type"], "Dataset");
  for (const property of ["name", "description", "datePublished", "license"]) {
    assert.ok(root[property] !== undefined, property);
  }
  // The columns by which the files are joined are told with them.
  for (
    const [file, ...columns] of [["rows", "cell", "artifact", "encoders"], ["claims", "cells"], [
      "figures",
      "cells",
      "step",
    ]]
  ) {
    const [header] = (await Deno.readTextFile(`${folders[0]}/${file}.csv`)).split("\n");
    for (const column of columns) {
      assert.ok(header!.split(",").includes(column), `${file}.${column}`);
      assert.match(String(root.description), new RegExp(`\\b${column}\\b`));
    }
  }
  for (const entity of graph) {
    for (const id of references(entity)) {
      assert.ok(byId.has(id) || id.startsWith("https://"), `${entity["@id"]} refers to ${id}`);
    }
  }
  const files = graph.filter((entity) => entity["@type"] === "File");
  assert.deepEqual(files.map((file) => file["@id"]).sort(), [
    "claims.csv",
    "claims.parquet",
    "figures.csv",
    "index.html",
    "rows.csv",
    "rows.parquet",
  ]);
  for (const file of files) {
    const path = `${folders[0]}/${file["@id"]}`;
    assert.equal(file.sha256, await sha256File(path));
    assert.equal(Number(file.contentSize), (await Deno.stat(path)).size);
  }
  const run = graph.find((entity) => entity["@type"] === "CreateAction")!;
  assert.equal(run.name, input.command);
  assert.equal((run.object as unknown[]).length, 4);
});
