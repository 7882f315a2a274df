import assert from "node:assert/strict";
import { glc20 } from "@/lib/data/adapters/glc20.ts";
import { decodeImage } from "@/lib/data/files/decode.ts";
import { assertPixels, hashOf, labelled } from "@/tests/data/adapters/opened.ts";
import {
  type Files,
  inputError,
  inTempDir,
  noiseJpeg,
  writeFolder,
} from "@/tests/data/fixtures.ts";

const plane = 256 * 256;

/** A NumPy file: uint8 `[channels, 256, 256]` or channels last, each channel of one value but the land cover. */
function npy(
  {
    colour,
    code,
    channels = 5,
    axes = "first",
    shape = axes === "first" ? `(${channels}, 256, 256)` : `(256, 256, ${channels})`,
    descr = "|u1",
    order = "False",
    version = 1,
  }: {
    colour: readonly [number, number, number];
    code: number;
    channels?: number;
    axes?: "first" | "last";
    shape?: string;
    descr?: string;
    order?: string;
    version?: 1 | 2;
  },
): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
  const padded = `${header.padEnd(version === 1 ? 117 : 115)}\n`;
  const bytes = new Uint8Array(128 + channels * plane);
  const length = version === 1 ? [padded.length, 0] : [padded.length, 0, 0, 0];
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), version, 0, ...length]);
  bytes.set(new TextEncoder().encode(padded), 8 + length.length);
  // Only the centre has the code, so that a rule which looks elsewhere shows.
  for (const [c, value] of [...colour, 77, 9, 200].slice(0, channels).entries()) {
    for (let i = 0; i < plane; i++) {
      const number = c === 4 && i === 128 * 256 + 128 ? code : value;
      bytes[128 + (axes === "first" ? c * plane + i : i * channels + c)] = number;
    }
  }
  return bytes;
}

/** A tif of one band of codes, as `[256, 256]`; only the centre has the code. */
function tif(code: number, { bits = 8, photometric = 1, sign = 1 } = {}): Uint8Array {
  const size = plane * bits / 8, colours = photometric === 3 ? 768 * 2 : 0;
  const tags = [
    [256, 3, 1, 256],
    [257, 3, 1, 256],
    [258, 3, 1, bits],
    [259, 3, 1, 1],
    [262, 3, 1, photometric],
    [273, 4, 1, 8],
    [277, 3, 1, 1],
    [278, 3, 1, 256],
    [279, 4, 1, size],
    ...colours ? [[320, 3, 768, 8 + size]] : [],
    [339, 3, 1, sign],
  ] as [number, number, number, number][];
  const bytes = new Uint8Array(8 + size + colours + 2 + 12 * tags.length + 4);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, 8 + size + colours, true);
  for (let i = 0; i < plane; i++) {
    const number = i === 128 * 256 + 128 ? code : 9;
    if (bits === 8) bytes[8 + i] = number;
    else view.setUint16(8 + 2 * i, number, true);
  }
  view.setUint16(8 + size + colours, tags.length, true);
  for (const [i, [tag, type, count, value]] of tags.entries()) {
    const at = 8 + size + colours + 2 + 12 * i;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    view.setUint32(at + 8, value, true);
  }
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

/** The occurrences of 2020, as published: no column says what is tested on. */
function occurrenceCsv(ids: readonly string[], species: boolean): string {
  const lines = ids.map((id) => `${id};43.6;3.88${species ? ";17" : ""}`);
  return `id;lat;lon${species ? ";species_id" : ""}\r\n${lines.join("\r\n")}\r\n`;
}

Deno.test("glc20 reads the release of 2020: channels last, both regions, trained and tested on by the files' names", () =>
  inTempDir(async (dir) => {
    const patches: [string, Uint8Array][] = [
      ["patches_fr/49/19/10561949", npy({ colour: [10, 20, 30], code: 1, axes: "last" })],
      [
        "patches_us/patches_us_15/73/1/173",
        npy({ colour: [40, 50, 60], code: 20, axes: "last", channels: 6, version: 2 }),
      ],
      ["patches_us/00/20/22000", npy({ colour: [70, 80, 90], code: 2, axes: "last" })],
    ];
    await writeFolder(dir, {
      "occurrences_fr_train.csv": occurrenceCsv(["10561949"], true),
      "occurrences_us_train.csv": occurrenceCsv(["173"], true),
      "occurrences_us_test.csv": occurrenceCsv(["22000"], false),
      "landcover.csv": landCover,
      ...Object.fromEntries(patches.map(([path, bytes]) => [`${path}.npy`, bytes])),
      // The altitude is another file, and is not read.
      ...Object.fromEntries(patches.map(([path]) => [`${path}_alti.npy`, "altitude"])),
    });
    const files = ["fr_train", "us_train", "us_test"].map((name) =>
      `${dir}/occurrences_${name}.csv`
    );
    using data = await glc20.open({ ...bindingAt(dir, files), patches: dir });
    assert.deepEqual(labelled(data, "train"), [
      ["patches_fr/49/19/10561949.npy", "Developed"],
      ["patches_us/patches_us_15/73/1/173.npy", "Forest"],
    ]);
    assert.deepEqual(labelled(data, "test"), [["patches_us/00/20/22000.npy", "Forest"]]);
    assert.deepEqual(
      data.readAs,
      ["trained", "trained", "tested"].map((verb, i) =>
        `${files[i]} has no column subset: by its name it is ${verb} on`
      ),
    );
    for (
      const [split, i, colour] of [["train", 0, 10], ["train", 1, 40], ["test", 0, 70]] as const
    ) {
      const picture = await data.read(split, i);
      assert.ok("pixels" in picture);
      const expected = [colour, colour + 10, colour + 20];
      assert.ok(picture.pixels.every((value, at) => value === expected[at % 3]));
    }
    // The tar of a part of the US, unpacked alone.
    using part = await glc20.open({
      ...bindingAt(dir, [...files.slice(1)]),
      patches: `${dir}/patches_us`,
    });
    assert.deepEqual([part.train.length, part.test.length], [1, 1]);
  }));

/** A set of 2021 or 2022, its land cover by id; the patches stand in a folder of the region. */
async function write2021(dir: string, landCovers: Readonly<Record<string, Uint8Array>>) {
  const files: Files = {
    "observations_us_train.csv": observationCsv([
      { id: "20000137", subset: "train" },
      { id: "20000274", subset: "val" },
    ]),
    "landcover.csv": `${landCover}321;Eau;3;Water\n`,
  };
  for (const [id, cover] of Object.entries(landCovers)) {
    const stem = `patches-us/${id.slice(-2)}/${id.slice(-4, -2)}/${id}`;
    files[`${stem}_rgb.jpg`] = await noiseJpeg(Number(id), 256, 256);
    files[`${stem}_near_ir.jpg`] = "not read";
    files[`${stem}_landcover.tif`] = cover;
  }
  await writeFolder(dir, files);
  return {
    files,
    binding: { ...bindingAt(dir, [`${dir}/observations_us_train.csv`]), patches: dir },
  };
}

Deno.test("glc20 reads the releases of 2021 and 2022, land cover of 8 and 16 bits exactly", () =>
  inTempDir(async (dir) => {
    const { files, binding } = await write2021(dir, {
      "20000137": tif(20),
      "20000274": tif(321, { bits: 16 }),
    });
    using data = await glc20.open(binding);
    assert.deepEqual(labelled(data, "train"), [["patches-us/37/01/20000137_rgb.jpg", "Forest"]]);
    assert.deepEqual(labelled(data, "test"), [["patches-us/74/02/20000274_rgb.jpg", "Water"]]);
    await assertPixels(data, "train", (path) => files[path]);
    await assertPixels(data, "test", (path) => files[path]);
    // The land cover is part of the content, though it is another file.
    const hash = await hashOf(glc20.open(binding));
    await writeFolder(dir, { "patches-us/37/01/20000137_landcover.tif": tif(2) });
    assert.notEqual(await hashOf(glc20.open(binding)), hash);
  }));

Deno.test("glc20 names what is missing or wrong in a patch of 2021 and 2022", () =>
  inTempDir(async (dir) => {
    const stem = "patches-us/37/01/20000137";
    const spoiled: [Files, string | undefined, string[]][] = [
      [{}, `${stem}_landcover.tif`, [
        `${dir}/${stem}_landcover.tif: the patch that `,
        "of GeoLifeCLEF 2021 and 2022 this file is missing, beside 20000137_near_ir.jpg, 20000137_rgb.jpg",
      ]],
      [{}, `${stem}_rgb.jpg`, [
        `${dir}/${stem}_rgb.jpg: the patch that `,
        "observations_us_train.csv:2 asks for has land cover and no picture",
      ]],
      [{ [`${stem}_landcover.tif`]: "x" }, undefined, ["tif: the land cover cannot be read"]],
      // A palette, zero as white, numbers with a sign.
      ...[{ photometric: 3 }, { photometric: 0 }, { bits: 16, sign: 2 }].map((form) =>
        [{ [`${stem}_landcover.tif`]: tif(20, form) }, undefined, [
          "tif: it is a tiff of 256 x 256 pixels",
          "one band of 8 or 16 bits without sign or palette",
        ]] as [Files, undefined, string[]]
      ),
      [{ [`${stem}_landcover.tif`]: await noiseJpeg(1, 256, 256) }, undefined, ["it is a jpeg of"]],
      [{ [`${stem}_landcover.tif`]: tif(77) }, undefined, ["its land cover at the centre is 77"]],
    ];
    for (const [write, remove, says] of spoiled) {
      const { binding } = await write2021(dir, { "20000137": tif(20), "20000274": tif(1) });
      await writeFolder(dir, write);
      if (remove) await Deno.remove(`${dir}/${remove}`);
      await assert.rejects(glc20.open(binding), inputError(`${dir}/${stem}`, ...says));
    }
  }));

Deno.test("glc20 says that the class of each land-cover code is wanted", () =>
  inTempDir(async (dir) => {
    await writeSet(dir);
    await assert.rejects(
      glc20.open({ ...bindingAt(dir), land_cover: undefined }),
      inputError(
        `${dir}/patches: land_cover, which gives each land-cover code its class, is missing`,
        "landcover_suggested_alignment.csv",
      ),
    );
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
    name: "an observation of another subset",
    write: { "fr.csv": observationCsv([{ ...france[0], subset: "hold" }]) },
    says: ['fr.csv:2: the subset is "hold"', "Use train, val or test"],
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
    says: [
      `${patch}: the patch that `,
      "fr.csv:2 asks for cannot be read: there is neither 10561949.npy (2020) nor 10561949_landcover.tif (2021",
      "Unpack all patches",
    ],
  },
  {
    name: "observations whose files do not say what is tested on",
    write: { "fr.csv": occurrenceCsv(["10561949"], true) },
    says: ["fr.csv: its columns are id, lat, lon, species_id, and neither", "occurrences_us_test"],
  },
  {
    name: "a patch that is no array",
    write: { [patch]: "<html>" },
    says: [`${patch}: the file is not a NumPy array`, "uint8 of 5 channels"],
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
    name: "a patch of 2020 without land cover",
    write: { [patch]: npy({ colour, code: 1, axes: "last", channels: 4 }) },
    says: [`${patch}: its array is {'descr'`, "(256, 256, 4)", "channels last or first"],
  },
  {
    name: "a patch of 2020 that is cut short",
    write: { [patch]: npy({ colour, code: 1, axes: "last" }).subarray(0, -1) },
    says: [`${patch}: the patch ends after 327807 bytes`, "Copy it again"],
  },
  {
    name: "a patch of numbers of 16 bits",
    write: { [patch]: npy({ colour, code: 1, descr: "<u2" }) },
    says: [`${patch}: its array is {'descr': '<u2'`],
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
    name: "a land-cover csv with two classes of a code",
    write: { "landcover.csv": `${landCover}2;x;4;Town\n` },
    says: ['landcover.csv: the code 2 has the labels "Forest" and "Town"'],
  },
  {
    name: "a land-cover code that is no number",
    write: { "landcover.csv": landCover.replace("2;Forêt", "two;Forêt") },
    says: ['landcover.csv: a line has the code "two" and the label "Forest"'],
  },
  {
    name: "a set without a test image",
    write: { "fr.csv": observationCsv(france.slice(0, 2)) },
    says: ["fr.csv, ", "us.csv: there are no observations to test on", "us_test.csv"],
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
