import assert from "node:assert/strict";
import { glc20 } from "@/lib/data/adapters/glc20.ts";
import { decodeImage } from "@/lib/data/decode.ts";
import { hashOf, labelled } from "@/tests/data/adapters/opened.ts";
import { type Files, inputError, inTempDir, writeFolder } from "@/tests/data/fixtures.ts";

const plane = 256 * 256;

/** A NumPy file of format 1.0: uint8 `[channels, 256, 256]`, its first planes of one colour each. */
function npy(
  { colour, code, shape = "(5, 256, 256)", descr = "|u1", order = "False" }: {
    colour: readonly [number, number, number];
    code: number;
    shape?: string;
    descr?: string;
    order?: string;
  },
): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
  const padded = `${header.padEnd(117)}\n`;
  const bytes = new Uint8Array(128 + 5 * plane);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, padded.length, 0]);
  bytes.set(new TextEncoder().encode(padded), 10);
  for (const [c, value] of [...colour, 77].entries()) {
    bytes.fill(value, 128 + c * plane, 128 + (c + 1) * plane);
  }
  // Only the centre has the code, so that a rule which looks elsewhere shows.
  bytes.fill(9, 128 + 4 * plane);
  bytes[128 + 4 * plane + 128 * 256 + 128] = code;
  return bytes;
}

/** Observations by region: `id`, `subset`, colour and code. */
const france = [
  { id: "10561949", subset: "train", colour: [10, 20, 30], code: 1 },
  { id: "10131188", subset: "train", colour: [40, 50, 60], code: 2 },
  { id: "10799362", subset: "val", colour: [70, 80, 90], code: 3 },
] as const;
const us = [{ id: "22068170", subset: "train", colour: [100, 110, 120], code: 20 }] as const;

const landCover =
  "landcover_code;original_landcover_label;suggested_landcover_code;suggested_landcover_label\n" +
  "1;Bâti;1;Developed\n2;Forêt;2;Forest\n3;Bois;2;Forest\n9;Eau;3;Water\n20;Évergreen;2;Forest\n";

function observationCsv(rows: readonly { id: string; subset: string }[]): string {
  const lines = rows.map(({ id, subset }) => `${id};45.705;1.8622;42;${subset}`);
  return `\ufeffobservation_id;latitude;longitude;species_id;subset\n${lines.join("\n")}\n`;
}

async function writeSet(dir: string): Promise<void> {
  const files: Files = {
    "fr.csv": observationCsv(france),
    "us.csv": observationCsv(us),
    "landcover.csv": landCover,
  };
  for (const { id, colour, code } of [...france, ...us]) {
    files[`patches/${id.slice(-2)}/${id.slice(-4, -2)}/${id}.npy`] = npy({ colour, code });
  }
  await writeFolder(dir, files);
}

function bindingAt(
  dir: string,
  observations: string | string[] = [`${dir}/fr.csv`, `${dir}/us.csv`],
) {
  const rest = { patches: `${dir}/patches`, land_cover: `${dir}/landcover.csv` };
  return { dataset: "glc20", observations, ...rest } as const;
}

Deno.test("glc20 reads patches of one region or both, labelled by the land cover at the centre", () =>
  inTempDir(async (dir) => {
    await writeSet(dir);
    using data = await glc20.open(bindingAt(dir));
    assert.deepEqual(data.hierarchy, {
      levels: ["cover"],
      leaves: [{ name: "Developed", path: ["Developed"] }, { name: "Forest", path: ["Forest"] }],
    });
    assert.deepEqual(labelled(data, "train"), [
      ["49/19/10561949.npy", "Developed"],
      ["70/81/22068170.npy", "Forest"],
      ["88/11/10131188.npy", "Forest"],
    ]);
    assert.deepEqual(labelled(data, "test"), [["62/93/10799362.npy", "Forest"]]);
    const colours = [[10, 20, 30], [100, 110, 120], [40, 50, 60]];
    for (const [i, colour] of colours.entries()) {
      const picture = await data.read("train", i);
      assert.ok("pixels" in picture && picture.width === 256 && picture.height === 256);
      assert.deepEqual([...await decodeImage(picture, 1)], colour);
      assert.deepEqual([...picture.pixels.subarray(0, 3)], colour);
    }
    using one = await glc20.open(bindingAt(dir, `${dir}/fr.csv`));
    assert.deepEqual([one.train.length, one.test.length], [2, 1]);
  }));

Deno.test("glc20's identity depends on bytes and labels alone, not on the place", () =>
  inTempDir(async (dir) => {
    await writeSet(`${dir}/a`);
    await writeSet(`${dir}/b`);
    const hash = await hashOf(glc20.open(bindingAt(`${dir}/a`)));
    assert.equal(await hashOf(glc20.open(bindingAt(`${dir}/b`))), hash);
    const other = npy({ colour: [10, 20, 31], code: 1 });
    await writeFolder(`${dir}/b`, { "patches/49/19/10561949.npy": other });
    assert.notEqual(await hashOf(glc20.open(bindingAt(`${dir}/b`))), hash);
    await writeFolder(`${dir}/a`, {
      "landcover.csv": landCover.replace("2;Forêt;2;Forest", "2;Forêt;2;Wood"),
    });
    assert.notEqual(await hashOf(glc20.open(bindingAt(`${dir}/a`))), hash);
  }));

const patch = "patches/49/19/10561949.npy";
const colour = [1, 2, 3] as const;
const refusals: {
  readonly name: string;
  readonly write?: Files;
  readonly remove?: string;
  readonly says: readonly string[];
}[] = [
  {
    name: "observations without a subset",
    write: { "fr.csv": "observation_id;latitude\n1;2\n" },
    says: ["fr.csv: its columns are observation_id, latitude", "observation_id and subset"],
  },
  {
    name: "observations that are separated by commas",
    write: { "fr.csv": observationCsv(france).replaceAll(";", ",") },
    says: ["fr.csv: its columns are observation_id,latitude", "separated by semicolons"],
  },
  {
    name: "an observation whose id is no number",
    write: { "fr.csv": observationCsv([france[0], { id: "../x", subset: "train" }]) },
    says: ['fr.csv:3: the observation id is "../x"', "Use a number"],
  },
  {
    name: "an observation with too few cells",
    write: { "fr.csv": `${observationCsv(france)}1;2\n` },
    says: ["fr.csv: the csv cannot be read", "5"],
  },
  { name: "empty observations", write: { "fr.csv": "" }, says: ["fr.csv: it is empty"] },
  { name: "missing observations", remove: "fr.csv", says: ["fr.csv: the csv cannot be read"] },
  {
    name: "a missing patch",
    remove: patch,
    says: [`${patch}: the patch that `, "fr.csv:2 asks for cannot be read", "Unpack all patches"],
  },
  {
    name: "a patch that is no array",
    write: { [patch]: "<html>" },
    says: [`${patch}: the file is no NumPy array`, "uint8 of 5 channels"],
  },
  {
    name: "a patch of another shape",
    write: { [patch]: npy({ colour, code: 1, shape: "(5, 64, 64)" }) },
    says: [`${patch}: its array is {'descr'`, "(5, 64, 64)", "256 and 256"],
  },
  {
    name: "a patch without land cover",
    write: { [patch]: npy({ colour, code: 1, shape: "(3, 256, 256)" }) },
    says: [`${patch}: its array is {'descr'`, "(3, 256, 256)"],
  },
  {
    name: "a patch of other numbers",
    write: { [patch]: npy({ colour, code: 1, descr: "<f4" }) },
    says: [`${patch}: its array is {'descr': '<f4'`],
  },
  {
    name: "a patch with columns first",
    write: { [patch]: npy({ colour, code: 1, order: "True" }) },
    says: [`${patch}: its array is {'descr': '|u1', 'fortran_order': True`],
  },
  {
    name: "a patch that is cut short",
    write: { [patch]: npy({ colour, code: 1 }).subarray(0, 128 + 4 * plane) },
    says: [`${patch}: the patch ends after 262272 bytes`, "Copy it again"],
  },
  {
    name: "land cover without a class",
    write: { [patch]: npy({ colour, code: 99 }) },
    says: [`${patch}: its land cover at the centre is 99, which has no line in`, "landcover.csv"],
  },
  {
    name: "a land-cover csv with columns missing",
    write: { "landcover.csv": "landcover_code;label\n1;a\n" },
    says: [
      "landcover.csv: it lacks suggested_landcover_label; its columns are landcover_code, label",
    ],
  },
  {
    name: "a land-cover code that is no number",
    write: { "landcover.csv": landCover.replace("2;Forêt", "two;Forêt") },
    says: ['landcover.csv: a line has the code "two" and the label "Forest"'],
  },
  {
    name: "a set without a test image",
    write: { "fr.csv": observationCsv(france.slice(0, 2)) },
    says: ["patches: there are no images in it"],
  },
];

for (const { name, write, remove, says } of refusals) {
  Deno.test(`glc20 refuses ${name}`, () =>
    inTempDir(async (dir) => {
      await writeSet(dir);
      if (write) await writeFolder(dir, write);
      if (remove) await Deno.remove(`${dir}/${remove}`);
      await assert.rejects(glc20.open(bindingAt(dir)), inputError(`${dir}/`, ...says));
    }));
}

Deno.test("glc20 reads a patch that was cut short after the check as broken", () =>
  inTempDir(async (dir) => {
    await writeSet(dir);
    using data = await glc20.open(bindingAt(dir));
    await Deno.truncate(`${dir}/${patch}`, 1000);
    await assert.rejects(data.read("train", 0), /The patch ends after 1000 bytes/);
  }));
