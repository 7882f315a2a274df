import assert from "node:assert/strict";
import {
  checkFeaturesFolder,
  type FeatureSource,
  writeFeatureFiles,
} from "@/lib/cli/features_files.ts";
import { InputError } from "@/lib/base/errors.ts";
import { namesIn } from "@/lib/base/files.ts";
import { ingest } from "@/lib/data/ingest.ts";
import { writeArray } from "@/lib/run/arrays.ts";
import { inTempDir } from "@/tests/data/fixtures.ts";

const world = { train: 6, test: 2, seed: 3 };
const binding = { dataset: "world", world: "aerial" } as const;

/** A role's images and features of them, of which all are the same number. */
async function sourceIn(dir: string, role: string, value: number): Promise<FeatureSource> {
  const images = `${dir}/images-${role}`, features = `${dir}/features-${role}`;
  await Deno.mkdir(images);
  await Deno.mkdir(features);
  await ingest(binding, { px: 8, world, out: images, onProgress: () => {} });
  for (const split of ["train", "test"] as const) {
    await writeArray(`${features}/${split}.f32`, new Float32Array(3 * world[split]).fill(value));
  }
  return { role, images, features, binding, world, splits: ["train", "test"] };
}

const kinds = [".npy", "-labels.npy", "-classes.json", ".parquet"];
const namesOf = (...stems: readonly string[]) =>
  stems.flatMap((stem) => kinds.map((kind) => stem + kind)).sort();

Deno.test("writeFeatureFiles() writes those of all roles, or where one cannot be written none", () =>
  inTempDir(async (dir) => {
    const pond = await sourceIn(dir, "pond", 1), lake = await sourceIn(dir, "lake", 2);
    const out = `${dir}/out`;
    await Deno.rename(lake.features, `${dir}/away`);
    await assert.rejects(writeFeatureFiles([pond, lake], out), (error) => {
      assert.ok(error instanceof InputError, String(error));
      assert.match(error.message, /features-lake.*: there is no such file or folder/);
      return true;
    });
    assert.deepEqual(await namesIn(out), []);

    await Deno.rename(`${dir}/away`, lake.features);
    const written = await writeFeatureFiles([pond, lake], out);
    const wanted = namesOf("pond-train", "pond-test", "lake-train", "lake-test");
    assert.deepEqual((await namesIn(out)).sort(), wanted);
    assert.deepEqual(written.map(({ path }) => path).sort(), wanted.map((one) => `${out}/${one}`));
  }));

Deno.test("writeFeatureFiles() replaces nothing that another has written since the folder was looked at", () =>
  inTempDir(async (dir) => {
    const one = await sourceIn(dir, "pond", 1), out = `${dir}/out`;
    await checkFeaturesFolder(out, ["pond"], ["train", "test"]);
    await Deno.mkdir(out);
    await Deno.writeTextFile(`${out}/pond-test.npy`, "another's");
    await assert.rejects(writeFeatureFiles([one], out), {
      message:
        `--out ${out}: pond-test.npy is there already. Move it away, or choose another folder with --out`,
    });
    assert.deepEqual(await namesIn(out), ["pond-test.npy"]);
    assert.equal(await Deno.readTextFile(`${out}/pond-test.npy`), "another's");
  }));
