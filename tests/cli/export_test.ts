import assert from "node:assert/strict";
import { dataDomain } from "@/experiments/data_domain.ts";
import { exists } from "@/lib/base/files.ts";
import { sha256File } from "@/lib/base/sha256.ts";
import { checkExport, writeExport } from "@/lib/cli/export.ts";
import { storeDepot } from "@/lib/depot/mod.ts";
import { artifactFolder, findArtifact, findStore, openStore } from "@/lib/store/mod.ts";
import { pythonWith } from "@/tests/python_with.ts";
import { filesIn } from "@/tests/depot/small_store.ts";
import { type Synthetic, syntheticStudy } from "@/tests/results/synthetic_store.ts";

const name = "data-domain-mini export";

async function study(forms: Readonly<Record<string, string>> = {}): Promise<Synthetic> {
  return await syntheticStudy([dataDomain], { accuracy: () => 0.5, testImages: 60, forms });
}

async function graphOf(folder: string) {
  const { "@graph": graph } = JSON.parse(
    await Deno.readTextFile(`${folder}/ro-crate-metadata.json`),
  ) as { "@graph": { readonly "@id": string; readonly [property: string]: unknown }[] };
  return new Map(graph.map((entity) => [entity["@id"], entity]));
}

Deno.test("an export is a store with the report, and its manifest tells of every file and of what was made of what", async () => {
  await using input = await study();
  const out = `${input.folder}/out`;
  await checkExport({ out, name }, input.folder);
  const artifacts = await writeExport(input, { out, name });
  assert.equal(artifacts, input.plan.steps.length);
  const store = await findStore(out);
  for (const { key } of input.plan.steps) {
    assert.equal((await findArtifact(store, key)).state, "cached", key);
  }
  const byId = await graphOf(out);
  const names = (await filesIn(out)).map((path) => path.slice(1));
  const described = names.filter((path) => byId.has(path));
  assert.deepEqual(
    names.filter((path) => !described.includes(path) && !path.startsWith("memo/")),
    ["format.json", "report.json"],
  );
  for (const path of described) {
    const { sha256, contentSize } = byId.get(path)!;
    if (path.endsWith("manifest.json") || path === "ro-crate-metadata.json") continue;
    assert.equal(sha256, await sha256File(`${out}/${path}`), path);
    assert.equal(Number(contentSize), (await Deno.stat(`${out}/${path}`)).size);
  }
  for (const { key, needs } of input.plan.steps) {
    const folder = (one: string) => `artifacts/${one.slice(0, 2)}/${one}/`;
    const step = byId.get(`#step-${key}`)!;
    assert.deepEqual(step.result, [{ "@id": folder(key) }]);
    assert.deepEqual(
      step.object,
      Object.values(needs).map((need) => ({ "@id": folder(need) })),
    );
  }
  assert.ok(![...byId.keys()].includes("#terms-of-the-images"));
});

Deno.test("an export does not put images of other data sets under this project's licence", async () => {
  await using input = await study({ species: "image-folder" });
  const steps = input.plan.steps;
  const out = `${input.folder}/out`;
  await writeExport(input, { out, name });
  const byId = await graphOf(out);
  const licensed = [...byId.values()].filter(({ license }) =>
    JSON.stringify(license) === `{"@id":"#terms-of-the-images"}`
  );
  const ingest = steps.filter((one) => one.kind === "ingest" && one.spec.form === "image-folder");
  assert.ok(licensed.length >= 2, "its pack, and the sheet of it");
  for (const { key } of ingest) {
    assert.ok(licensed.some((one) => one["@id"].includes(key)));
  }
  assert.ok(byId.has("#terms-of-the-images"));
});

Deno.test("an export again takes over what is there, and an export of another study or a store is refused", async () => {
  await using input = await study();
  const out = `${input.folder}/out`, place = { out, name };
  await writeExport(input, place);
  const before = await Deno.readTextFile(`${out}/ro-crate-metadata.json`);
  const { key } = input.plan.steps.at(-1)!;
  const [file] = (await filesIn(artifactFolder({ root: out }, key))).filter((path) =>
    path !== "/manifest.json"
  );
  await Deno.writeTextFile(`${artifactFolder({ root: out }, key)}${file}`, "damaged");
  await checkExport(place, input.folder);
  await writeExport(input, place);
  assert.equal(await Deno.readTextFile(`${out}/ro-crate-metadata.json`), before);
  assert.equal((await findArtifact(await findStore(out), key)).state, "cached");
  await assert.rejects(checkExport({ out, name: "taxa-mini export" }, input.folder), {
    message:
      `--out ${out}: it holds the report of another study, data-domain-mini export, and this one is taxa-mini export. ` +
      "Move it away, or choose another folder with --out",
  });
  await assert.rejects(checkExport({ out: input.folder, name }, input.folder), {
    message: `--out ${input.folder}: it is the store itself. Give another folder`,
  });
  const other = await openStore(`${input.folder}/other`);
  await checkExport({ out: other.root, name }, input.folder);
  await Deno.mkdir(artifactFolder(other, key), { recursive: true });
  await assert.rejects(
    checkExport({ out: other.root, name }, input.folder),
    /: a store is there and no export\. Give another folder$/,
  );
  await Deno.mkdir(`${input.folder}/photos`);
  await Deno.writeTextFile(`${input.folder}/photos/one.jpg`, "");
  await assert.rejects(
    checkExport({ out: `${input.folder}/photos`, name }, input.folder),
    /: it holds one\.jpg but no format\.json of a store, .*\. Give a folder with --out that is empty/,
  );
});

Deno.test("an export as a ZIP file unpacks into the same, twice into the same bytes, and replaces nothing", async () => {
  await using input = await study();
  const [first, second, folder] = ["1.zip", "2.zip", "out"].map((one) => `${input.folder}/${one}`);
  await checkExport({ out: first!, name }, input.folder);
  await writeExport(input, { out: first!, name });
  await writeExport(input, { out: second!, name });
  assert.equal(await sha256File(first!), await sha256File(second!));
  const unpacked = `${input.folder}/unpacked`;
  const { success } = await new Deno.Command("python3", {
    args: ["-m", "zipfile", "-e", first!, unpacked],
  }).output();
  assert.ok(success);
  await writeExport(input, { out: folder!, name });
  const names = (await filesIn(folder!)).filter((path) =>
    path !== "/report.json" && !path.startsWith("/memo/")
  );
  assert.deepEqual(await filesIn(unpacked), names);
  for (const path of names) {
    assert.equal(await sha256File(unpacked + path), await sha256File(folder + path), path);
  }
  assert.equal(
    (await storeDepot(await openStore(unpacked)).keys()).length,
    input.plan.steps.length,
  );
  await assert.rejects(checkExport({ out: first!, name }, input.folder), {
    message: `--out ${first}: something is there. Move it away, or give another name`,
  });
  assert.ok(!await exists(`${input.folder}/1.zip.tmp`));
});

const python = await pythonWith("rocrate==0.16.0");

Deno.test({
  name: "the rocrate package reads an export and finds every file that it describes",
  ignore: python === null,
  async fn() {
    await using input = await study();
    const out = `${input.folder}/out`;
    await writeExport(input, { out, name });
    const program = `
import json, pathlib, sys, warnings
warnings.simplefilter("error")
from rocrate.rocrate import ROCrate
crate = ROCrate(sys.argv[1])
files = [e for e in crate.data_entities if "File" in e.type]
missing = [e.id for e in files if not (pathlib.Path(sys.argv[1]) / e.id).is_file()]
root = crate.root_dataset
told = [bool(root.get(p)) for p in ("name", "description", "datePublished", "license")]
steps = [e for e in crate.contextual_entities if e.type == "CreateAction"]
dangling = [s.id for s in steps for r in s["result"] if isinstance(r, str)]
print(json.dumps([len(files), missing, told, len(steps), dangling]))
`;
    const { stdout, stderr, success } = await new Deno.Command(python!, {
      args: ["-c", program, out],
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    const [files, missing, told, steps, dangling] = JSON.parse(new TextDecoder().decode(stdout));
    assert.ok(files > input.plan.steps.length);
    assert.deepEqual([missing, told, dangling], [[], [true, true, true, true], []]);
    // Each of the steps, and the run as a whole.
    assert.equal(steps, input.plan.steps.length + 1);
  },
});
