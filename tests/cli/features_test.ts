import assert from "node:assert/strict";
import { parquetReadObjects } from "hyparquet";
import { readFloats } from "@/lib/run/arrays.ts";
import { command, root as project, taskArguments } from "@/tests/cli/command.ts";
import { imageFiles, inTempDir, writeFolder } from "@/tests/data/fixtures.ts";
import { withProject } from "@/tests/cli/project.ts";
import { resnet18 } from "@/tests/pretrained/resnet18.ts";
import { pythonWith } from "@/tests/python_with.ts";

const python = await pythonWith("pyarrow==26.0.1");

/** Two data sets of the same five images, the second without its levels. */
async function writeData(dir: string): Promise<string> {
  await Deno.copyFile(`${project}/tests/fixtures/images.parquet`, `${dir}/images.parquet`);
  const labels = "[fine, coarse]";
  await Deno.writeTextFile(
    `${dir}/data.yaml`,
    `pond: { dataset: parquet, train: images.parquet, labels: ${labels} }\n` +
      "lake: { dataset: parquet, train: images.parquet, labels: fine }\n",
  );
  return `${dir}/data.yaml`;
}

/** A file of NumPy's: its header's words, and its numbers. */
async function readNpy(path: string) {
  const bytes = await Deno.readFile(path);
  assert.deepEqual([...bytes.subarray(0, 8)], [0x93, ...new TextEncoder().encode("NUMPY"), 1, 0]);
  const length = new DataView(bytes.buffer).getUint16(8, true), start = 10 + length;
  assert.equal(start % 64, 0);
  const header = new TextDecoder().decode(bytes.subarray(10, start));
  assert.ok(header.endsWith("\n"));
  const numbers = bytes.slice(start).buffer;
  return {
    header: header.trim(),
    values: header.includes("<f4") ? new Float32Array(numbers) : new Uint16Array(numbers),
  };
}

const readPython = `
import json, sys
import pyarrow.parquet as pq
table = pq.read_table(sys.argv[1])
print(json.dumps({"names": table.column_names, "rows": table.to_pylist()}))
`;

Deno.test("features of a floor are written with labels and names, as NumPy and Parquet have them", () =>
  inTempDir(async (dir) => {
    const data = await writeData(dir), out = `${dir}/out`;
    const features = (...more: string[]) =>
      command("features", "--data", data, "--store", `${dir}/store`, "--out", out, ...more);
    const { code, stdout, stderr } = await features("--encoder", "pixels", "--scale", "smoke");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Features of pixels, of images at 24 px$/m);
    const { header, values } = await readNpy(`${out}/pond-train.npy`);
    assert.equal(header, "{'descr': '<f4', 'fortran_order': False, 'shape': (5, 768), }");
    assert.equal(values.length, 5 * 768);
    const [red, , blue] = values.subarray(3 * 768);
    const shown = [red!, blue!].map((value) => Math.round(255 * (value / 4 + 0.5)));
    assert.deepEqual(shown, [120, 135]);
    const labels = await readNpy(`${out}/pond-train-labels.npy`);
    assert.equal(labels.header, "{'descr': '<u2', 'fortran_order': False, 'shape': (5, 2), }");
    assert.deepEqual(JSON.parse(await Deno.readTextFile(`${out}/pond-train-classes.json`)), [
      { level: "fine", classes: ["café", "dog", "oak", "猫"] },
      { level: "coarse", classes: ["place", "animal", "plant"] },
    ]);
    assert.deepEqual([...labels.values], [2, 2, 3, 1, 1, 1, 3, 1, 0, 0]);
    assert.match((await readNpy(`${out}/lake-train-labels.npy`)).header, /\(5, 1\)/);

    const path = `${out}/pond-train.parquet`;
    const { buffer } = await Deno.readFile(path);
    const rows = await parquetReadObjects({ file: buffer });
    assert.deepEqual(Object.keys(rows[0]!), ["file", "label_fine", "label_coarse", "features"]);
    const fine = ["oak", "猫", "dog", "猫", "café"];
    for (const [i, { file, label_fine, features }] of rows.entries()) {
      assert.deepEqual([file, label_fine], [`images.parquet#${i}`, fine[i]]);
      assert.deepEqual(features, [...values.subarray(i * 768, (i + 1) * 768)]);
    }
    if (python !== null) {
      const args = ["-c", readPython, path];
      const { stdout } = await new Deno.Command(python, { args }).output();
      const { names, rows: read } = JSON.parse(new TextDecoder().decode(stdout));
      assert.deepEqual(names, Object.keys(rows[0]!));
      assert.deepEqual(read, rows);
    }

    const again = await features("--encoder", "pixels", "pond", "--scale", "smoke");
    assert.equal(again.code, 2);
    assert.match(again.stderr, /pond-train\.npy is there already\. Move it away/);
    // Nothing is computed a second time.
    const other = ["--out", `${dir}/other`, "--split", "train", "--scale", "smoke"];
    const second = await features("--encoder", "pixels()", "pond", ...other);
    assert.equal(second.code, 0, second.stderr);
    assert.doesNotMatch(second.stdout, /ingest|\[1\//);
  }));

Deno.test("features tells which broken images were left out, and the names are those of the others", () =>
  inTempDir(async (dir) => {
    const files = await imageFiles(["a", "b"], { perClass: 55 });
    await writeFolder(`${dir}/photos`, { ...files, "train/a/7.jpg": "none" });
    const data = `${dir}/data.yaml`;
    await Deno.writeTextFile(data, "pond: { dataset: image-folder, path: photos }\n");
    const { code, stdout, stderr } = await command(
      ...["features", "--encoder", "colours", "--data", data, "--scale", "smoke"],
      ...["--store", `${dir}/store`, "--out", `${dir}/out`, "--split", "train"],
    );
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /^1 broken image of pond left out: train\/a\/7\.jpg \(the file is not an/m,
    );
    const { buffer } = await Deno.readFile(`${dir}/out/pond-train.parquet`);
    const rows = await parquetReadObjects({ file: buffer, columns: ["file", "label_class"] });
    const kept = Object.keys(files).filter((name) => /^train/.test(name) && !/a\/7/.test(name));
    assert.deepEqual(rows.map(({ file }) => file).sort(), kept.sort());
    for (const { file, label_class: label } of rows) assert.equal(file.split("/")[1], label);
  }));

const experiment = `
import { experiment, grid, knn, untrained } from "@/dsl/mod.ts";
export const own = experiment({
  id: "own", title: "t", question: "q?", reference: "none",
  trials: grid([untrained()], [knn("species")]),
});
`;

Deno.test("features of a condition's encoder are those that its probes see, and other images get theirs", () =>
  inTempDir(async (dir) =>
    await withProject({ "experiments/own.ts": experiment }, async (own) => {
      // Reports show those of the project.
      for await (const { name } of Deno.readDir(`${project}/experiments`)) {
        await Deno.symlink(`${project}/experiments/${name}`, `${own}/experiments/${name}`);
      }
      const data = await writeData(dir), store = `${dir}/store`;
      const task = async (name: string, ...args: string[]) => {
        const [run, quiet, frozen, all, , ...rest] = taskArguments(name, ...args);
        const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
          args: [run!, quiet!, frozen!, all!, `${own}/lib/cli/main.ts`, ...rest],
          cwd: own,
          env: { NO_COLOR: "1" },
        }).output();
        const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
        return { code, stdout: text(stdout), stderr: text(stderr) };
      };
      const at = ["--scale", "smoke", "--store", store];
      const features = (...more: string[]) =>
        task("features", "--out", `${dir}/out`, "--trained-on", "worlds", ...at, ...more);
      const name = "none -> knn species (all)";
      const early = await features("--encoder", name, "species");
      assert.equal(early.code, 2);
      assert.match(early.stderr, /is not in the store \(missing.*deno task reproduce \S+ --scale/);
      const studied = await task("reproduce", "own", "--seeds", "1", "--until", "features", ...at);
      assert.equal(studied.code, 0, studied.stderr);

      const { code, stdout, stderr } = await features(
        "--encoder",
        name,
        "species",
        "--split",
        "test",
      );
      assert.equal(code, 0, stderr);
      assert.doesNotMatch(stdout, /\[1\//);
      const shown = await task("show", name, "own", "--seeds", "1", ...at);
      const [, folder] = / {2}features .*\n.*\n.*\n {4}(\S+)$/m.exec(shown.stdout)!;
      const { values } = await readNpy(`${dir}/out/species-test.npy`);
      assert.deepEqual(values, await readFloats(`${folder}/test.f32`));

      const pond = await features("--encoder", name, "--data", data, "pond");
      assert.equal(pond.code, 0, pond.stderr);
      assert.match(pond.stdout, /pond-train\.npy: float32 \[5, \d+\]/);

      const more = ["species", "--split", "train"];
      const several = await features("--encoder", "none", ...more);
      assert.match(
        several.stderr,
        /stands for \d+ encoders\. Give the whole name of one condition/,
      );
      const unknown = await features("--encoder", "colour", ...more);
      assert.match(unknown.stderr, /no condition at scale smoke has "colour"/);
      assert.match(
        unknown.stderr,
        /Did you mean "colours"\? .*Beside conditions there are pixels, colours, gradients\./,
      );
      const nobody = await features("--encoder", "pixels");
      assert.match(nobody.stderr, /no images are named/);
    })
  ));

Deno.test("features of an encoder from outside are of images at its own size", () =>
  inTempDir(async (dir) => {
    const data = await writeData(dir), file = `${dir}/encoders.yaml`;
    await Deno.writeFile(`${dir}/r18.safetensors`, resnet18("", []));
    const fields = "architecture: resnet18, normalisation: imagenet, pixels: 40";
    await Deno.writeTextFile(file, `mine: { path: r18.safetensors, ${fields} }\n`);
    const given = ["--encoders", file, "--store", `${dir}/store`, "--out", `${dir}/out`];
    const { code, stdout, stderr } = await command(
      ...["features", "--encoder", "mine", "--data", data, "pond", ...given],
    );
    assert.equal(code, 0, stderr + stdout);
    assert.match(stdout, /^Features of checkpoint mine, of images at 40 px$/m);
    assert.match(stdout, /pond-train\.npy: float32 \[5, 512\]/);
  }));
