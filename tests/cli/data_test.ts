// `deno task data`, as a user runs it.
import assert from "node:assert/strict";
import sharp from "sharp";
import { command, withFolder } from "@/tests/cli/command.ts";
import { imageFiles, writeFolder } from "@/tests/data/fixtures.ts";

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
    const good = await command("data", "check", "good", "--data", data);
    assert.deepEqual([good.code, good.stderr], [0, ""]);
    assert.match(good.stdout, /^good \(image-folder\)\n/);
    assert.match(good.stdout, /^ {2}train +10 images; a class has 5 to 5, median 5\n/m);
    assert.match(good.stdout, /1 data set, nothing wrong\n$/);
    const both = await command("data", "check", "good", "bad", "--data", data, "--json");
    assert.equal(both.code, 1);
    const { checked } = JSON.parse(both.stdout);
    assert.deepEqual(checked.map((one: { problems: string[] }) => one.problems), [[], [
      "1 test image stands among the training images: test/bee/1.jpg is train/ant/0.jpg",
    ]]);
    const unknown = await command("data", "check", "worse", "--data", data);
    assert.equal(unknown.code, 2);
    assert.match(
      unknown.stderr,
      /role "worse" is bound to no data set\. Choose among .*good, bad,/,
    );
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
