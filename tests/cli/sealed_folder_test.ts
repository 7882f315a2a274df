import assert from "node:assert/strict";
import { sha256 } from "@/lib/base/sha256.ts";
import { checkOut, isFresh, type SealedFolder, writeSealed } from "@/lib/cli/sealed_folder.ts";
import { withFolder } from "@/tests/cli/command.ts";

const files = { "index.html": "page", "rows.csv": "rows" };
const names = Object.keys(files);

function outIn(folder: string): SealedFolder {
  return { folder: `${folder}/out`, seal: "report.json" };
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

Deno.test("writeSealed() writes files that isFresh() knows by inputs and bytes, and that can be written again", () =>
  withFolder(async (folder) => {
    const out = outIn(folder);
    await checkOut(out, names);
    assert.deepEqual(await namesIn(folder), [], "checkOut() makes nothing");
    await writeSealed(out, files, { inputs: "a" });
    assert.deepEqual(await namesIn(out.folder), ["index.html", "report.json", "rows.csv"]);
    assert.deepEqual([
      await isFresh(out, names, { inputs: "a" }),
      await isFresh(out, names, { inputs: "b" }),
    ], [true, false]);
    await Deno.remove(`${out.folder}/rows.csv`);
    assert.equal(await isFresh(out, names, { inputs: "a" }), false);
    await checkOut(out, names);
    await writeSealed(out, { ...files, "index.html": "another page" }, { inputs: "b" });
    assert.equal(await isFresh(out, names, { inputs: "b" }), true);
    assert.equal(await Deno.readTextFile(`${out.folder}/index.html`), "another page");
  }));

Deno.test("checkOut() and writeSealed() refuse a file of somebody else's, and one that was edited, and leave both", () =>
  withFolder(async (folder) => {
    const out = outIn(folder);
    await Deno.mkdir(out.folder);
    const page = `${out.folder}/index.html`, place = `--out ${out.folder}`;
    await Deno.writeTextFile(page, "my home page");
    const remedy = "Move it away, or choose another folder with --out";
    const refused = async (message: string) => {
      await assert.rejects(checkOut(out, names), { name: "InputError", message });
      await assert.rejects(writeSealed(out, files, { inputs: "a" }), { message });
    };
    await refused(`${place}: index.html is there, and this project did not write it. ${remedy}`);
    assert.deepEqual(await namesIn(out.folder), ["index.html"]);
    assert.equal(await Deno.readTextFile(page), "my home page");

    await Deno.remove(page);
    await writeSealed(out, files, { inputs: "a" });
    await Deno.writeTextFile(`${out.folder}/rows.csv`, "rows, and a remark");
    await refused(`${place}: rows.csv was changed since this project wrote it. ${remedy}`);
    assert.equal(await Deno.readTextFile(`${out.folder}/rows.csv`), "rows, and a remark");

    await Deno.remove(`${out.folder}/rows.csv`);
    await Deno.mkdir(`${out.folder}/rows.csv`);
    await refused(`${place}: rows.csv was changed since this project wrote it. ${remedy}`);
    await Deno.writeTextFile(`${out.folder}/report.json`, '{"quarter": 3}');
    await refused(`${place}: report.json is there, and this project did not write it. ${remedy}`);
    assert.equal(await Deno.readTextFile(`${out.folder}/report.json`), '{"quarter": 3}');
  }));

Deno.test("checkOut() and writeSealed() leave a link of somebody's, wherever it leads, as it is", () =>
  withFolder(async (folder) => {
    const out = outIn(folder);
    await Deno.mkdir(out.folder);
    for (const name of ["index.html", out.seal]) {
      const link = `${out.folder}/${name}`;
      await Deno.symlink(`${folder}/unmounted/page.html`, link);
      const message = new RegExp(`${name} is there, and this project did not write it`);
      await assert.rejects(checkOut(out, names), { name: "InputError", message });
      await assert.rejects(writeSealed(out, files, { inputs: "a" }), { message });
      assert.equal(await Deno.readLink(link), `${folder}/unmounted/page.html`);
      await Deno.remove(link);
    }
  }));

Deno.test("writeSealed() takes what a killed process was writing for its own", () =>
  withFolder(async (folder) => {
    const out = outIn(folder);
    await writeSealed(out, files, { inputs: "a" });
    // The writing stops after the seal and some of the files.
    await assert.rejects(
      writeSealed(out, { "index.html": "new", "none/rows.csv": "" }, { inputs: "b" }),
      {
        name: "InputError",
        message: /it cannot be written/,
      },
    );
    await checkOut(out, names);
    await writeSealed(out, files, { inputs: "b" });
    assert.equal(await isFresh(out, names, { inputs: "b" }), true);
  }));

Deno.test("writeSealed() lets many write the same into a new folder at once", () =>
  withFolder(async (folder) => {
    const out = outIn(folder);
    for (let round = 0; round < 10; round++) {
      const own = { ...out, folder: `${out.folder}/${round}` };
      await Promise.all(
        Array.from({ length: 6 }, () => writeSealed(own, files, { inputs: "a" })),
      );
      assert.equal(await isFresh(own, names, { inputs: "a" }), true);
    }
  }));

Deno.test("writeSealed() keeps other files under the seal", () =>
  withFolder(async (folder) => {
    const out = outIn(folder);
    await writeSealed(out, { "a.png": "a" }, { inputs: "" });
    await writeSealed(out, { "b.png": "b" }, { inputs: "" });
    await checkOut(out, ["a.png", "b.png"]);
    await Deno.writeTextFile(`${out.folder}/a.png`, "edited");
    await writeSealed(out, { "b.png": "c" }, { inputs: "" });
    await assert.rejects(checkOut(out, ["a.png", "b.png"]), /a\.png was changed/);
  }));

Deno.test("writeSealed() removes what the files are without, but not what is somebody's or was edited", () =>
  withFolder(async (folder) => {
    const out = outIn(folder), beside = { ...files, "against.csv": "sides" };
    const without = { inputs: "b", without: ["against.csv"] };
    await writeSealed(out, beside, { inputs: "a" });
    await writeSealed(out, files, without);
    assert.deepEqual(await namesIn(out.folder), ["index.html", "report.json", "rows.csv"]);
    const against = `${out.folder}/against.csv`, read = () => Deno.readTextFile(against);
    await Deno.writeTextFile(against, "mine");
    await assert.rejects(checkOut(out, ["against.csv"]), /this project did not write it/);
    await writeSealed(out, files, without);
    assert.equal(await read(), "mine");

    await Deno.remove(against);
    await writeSealed(out, beside, { inputs: "a" });
    await Deno.writeTextFile(against, "sides, and a remark");
    await writeSealed(out, files, without);
    assert.equal(await read(), "sides, and a remark");
    await assert.rejects(checkOut(out, ["against.csv"]), /against\.csv was changed/);
  }));

Deno.test("checkOut() takes the seal of older reports", () =>
  withFolder(async (folder) => {
    const out = outIn(folder);
    await Deno.mkdir(out.folder);
    await Deno.writeTextFile(`${out.folder}/index.html`, "page");
    const hashes = { "index.html": sha256("page") };
    const seal = `{"files":${JSON.stringify(hashes)},"inputs":"${"0".repeat(64)}"}\n`;
    await Deno.writeTextFile(`${out.folder}/report.json`, seal);
    await checkOut(out, names);
  }));

Deno.test("checkOut() refuses a place that cannot be written, naming it", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    await Deno.symlink(`${folder}/nowhere`, `${folder}/link`);
    const refused: readonly (readonly [string, RegExp])[] = [
      [
        `${folder}/file`,
        /^--out .*file: it cannot be written \(.*file is a file\)\. Choose another/,
      ],
      [`${folder}/file/x`, /file is a file/],
      [`${folder}/link/x`, /link is a link to something that is not there/],
      ["", /^--out "": the name of its folder is empty/],
      ["/", /is the root of the file system/],
      ["~/x", /was not replaced by the shell/],
    ];
    for (const [path, message] of refused) {
      await assert.rejects(checkOut({ folder: path, seal: "s.json" }, names), { message });
    }
    assert.deepEqual(await namesIn(folder), ["file", "link"]);
  }));

Deno.test("checkOut() and writeSealed() refuse a folder that holds another study's report, and leave it", () =>
  withFolder(async (folder) => {
    const taxa = { ...outIn(folder), study: "taxa-mini" };
    await writeSealed(taxa, files, { inputs: "a" });
    await checkOut(taxa, names);
    const all = { ...taxa, study: "all-mini" };
    const refusal = {
      message:
        `--out ${taxa.folder}: it holds the report of another study, taxa-mini, and this one is all-mini. ` +
        "Move it away, or choose another folder with --out",
    };
    await assert.rejects(checkOut(all, names), refusal);
    await assert.rejects(writeSealed(all, { "index.html": "other" }, { inputs: "b" }), refusal);
    assert.equal(await Deno.readTextFile(`${taxa.folder}/index.html`), "page");
    await writeSealed(taxa, { ...files, "index.html": "newer" }, { inputs: "b" });
  }));
