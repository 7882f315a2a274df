// `deno task data`, as a user runs it.
import assert from "node:assert/strict";
import sharp from "sharp";
import { unlabelledMethods } from "@/dsl/mod.ts";
import { command, withFolder } from "@/tests/cli/command.ts";
import { imageFiles, noiseJpeg, writeFolder } from "@/tests/data/fixtures.ts";

const allButLabelled = `${unlabelledMethods.slice(0, -1).join(", ")} and ${
  unlabelledMethods.at(-1)
}`;

/** A folder of images of two classes and a file that binds them to two roles, one of them broken. */
async function bindTwo(folder: string): Promise<string> {
  const files = await imageFiles(["ant", "bee"], { perClass: 5 });
  await writeFolder(`${folder}/good`, files);
  await writeFolder(`${folder}/bad`, { ...files, "test/bee/1.jpg": files["train/ant/0.jpg"]! });
  const yaml = ["good", "bad"].map((name) => `${name}: { dataset: image-folder, path: ${name} }\n`);
  await Deno.writeTextFile(`${folder}/data.yaml`, yaml.join(""));
  return `${folder}/data.yaml`;
}

Deno.test("data check exits with 1 when something is wrong, and tells it to people and programs", () =>
  withFolder(async (folder) => {
    const data = await bindTwo(folder);
    const store = ["--store", `${folder}/store`];
    const good = await command("data", "check", "good", "--data", data, ...store);
    assert.deepEqual([good.code, good.stderr], [0, ""]);
    assert.match(good.stdout, /^good \(image-folder\)\n/);
    assert.match(good.stdout, /^ {2}train +10 images; a class has 5 to 5, median 5\n/m);
    assert.match(good.stdout, /1 data set, nothing wrong\n$/);
    const both = await command("data", "check", "good", "bad", "--data", data, ...store, "--json");
    assert.equal(both.code, 1);
    const { checked } = JSON.parse(both.stdout);
    assert.deepEqual(checked.map((one: { findings: unknown[] }) => one.findings), [[], [{
      name: "test-images-in-train",
      sentence: "1 test image stands among the training images: test/bee/1.jpg is train/ant/0.jpg",
    }]]);
    assert.match(checked[0].notes.at(-1), /^no experiment uses the role "good"/);
    const unknown = await command("data", "check", "worse", "--data", data, ...store);
    assert.equal(unknown.code, 2);
    assert.match(
      unknown.stderr,
      /role "worse" is bound to no data set\. Choose among .*good, bad,/,
    );
  }));

Deno.test("data check and data sheet show a role of images without labels", () =>
  withFolder(async (folder) => {
    const files: Record<string, Uint8Array> = {};
    for (let i = 0; i < 20; i++) files[`unlabelled/${i}.jpg`] = await noiseJpeg(i);
    await writeFolder(`${folder}/wild`, files);
    const data = `${folder}/data.yaml`;
    await Deno.writeTextFile(data, "wild: { dataset: image-folder, path: wild }\n");
    const checked = await command(
      "data",
      "check",
      "wild",
      "--data",
      data,
      "--store",
      `${folder}/s`,
    );
    assert.deepEqual([checked.code, checked.stderr], [0, ""]);
    assert.equal(
      checked.stdout,
      [
        "wild (image-folder)",
        "  unlabelled  20 images, for pretraining only",
        "  decoded     20 of 20 images, 0 broken",
        `  note        no training image has a label: only ${allButLabelled} can use it`,
        '  note        no experiment uses the role "wild".',
        "1 data set, nothing wrong\n",
      ].join("\n"),
    );
    const out = `${folder}/out`;
    const drawn = await command(
      ...["data", "sheet", "wild", "--data", data, "--out", out, "--px", "24"],
    );
    assert.equal(drawn.stdout, `${out}/wild-unlabelled.png: 20 of 20 images without labels\n`);
    const { width, height } = await sharp(`${out}/wild-unlabelled.png`).metadata();
    assert.deepEqual([width, height], [2 + 16 * 26, 2 + 2 * 26]);
  }));

Deno.test("data sheet draws a sheet of every level, of data sets and of worlds", () =>
  withFolder(async (folder) => {
    const data = await bindTwo(folder);
    const out = `${folder}/out`;
    const ran = await command(
      ...["data", "sheet", "good", "aerial", "--data", data, "--out", out, "--px", "24"],
    );
    assert.deepEqual([ran.code, ran.stderr], [0, ""]);
    const names = [...Deno.readDirSync(out)].map(({ name }) => name).sort();
    assert.deepEqual(names.slice(-2), ["good-1-class.png", "sheets.json"]);
    assert.ok(names.filter((name) => name.startsWith("aerial-")).length > 1, `${names}`);
    const { width, height } = await sharp(`${out}/good-1-class.png`).metadata();
    assert.deepEqual([width, height], [2 + 5 * 26, 2 + 2 * 26]);
    assert.match(ran.stdout, /good-1-class\.png: class, 2 of 2: ant, bee\n/);
    const again = () => command("data", "sheet", "good", "--data", data, "--out", out, "--px", "8");
    assert.equal((await again()).code, 0, "its own sheets are drawn anew");
    await Deno.writeTextFile(`${out}/good-1-class.png`, "a picture of mine");
    const refused = await again();
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /good-1-class\.png was changed since this project wrote it/);
    assert.equal(await Deno.readTextFile(`${out}/good-1-class.png`), "a picture of mine");
  }));
