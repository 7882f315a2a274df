// An ingest that is killed, whenever, and started again makes the files of one that was left alone.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { randomAt } from "@/lib/base/random.ts";
import { sha256File } from "@/lib/base/sha256.ts";
import { readPack } from "@/lib/data/pack.ts";
import { type Files, inTempDir, noiseJpeg, writeTar } from "@/tests/data/fixtures.ts";
import { readLines } from "@/tests/read_lines.ts";

const root = resolve(import.meta.dirname!, "../..");

/** Runs `ingest_process.ts`, kills it some milliseconds after it has done so many images, and tells how far it came. */
async function ingestProcess(
  args: readonly string[],
  kill: { readonly after: number; readonly milliseconds: number },
): Promise<number[]> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--frozen", "--config", `${root}/deno.json`, "-A"],
      ...[`${root}/tests/data/ingest_process.ts`, ...args],
    ],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const told: number[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const line of readLines(child.stdout)) {
    told.push(Number(line));
    if (timer === undefined && told.at(-1)! >= kill.after) {
      timer = setTimeout(() => {
        try {
          child.kill("SIGKILL");
        } catch {
          // It ended by itself in between.
        }
      }, kill.milliseconds);
    }
  }
  clearTimeout(timer);
  await child.status;
  return told;
}

/** 1,500 training images of ten classes, three of which are broken, ten test images, and 400 without labels. */
async function someFiles(): Promise<Files> {
  const pictures = await Promise.all(
    Array.from({ length: 30 }, (_, seed) => noiseJpeg(seed, 48, 40)),
  );
  const files: Files = {};
  for (let i = 0; i < 1500; i++) {
    files[`train/${i % 10}/${String(i).padStart(4, "0")}.jpg`] = pictures[i % 30]!;
  }
  for (let i = 0; i < 10; i++) files[`test/${i}/0.jpg`] = pictures[i]!;
  for (let i = 0; i < 400; i++) files[`unlabelled/${i}.jpg`] = pictures[(7 * i) % 30]!;
  files["train/0/0050.jpg"] = pictures[0]!.subarray(0, 500);
  files["train/4/0014.jpg"] = "no image";
  files["train/9/1499.jpg"] = "";
  return files;
}

for (const [form, pixels] of [["plain images", "96"], ["JPEG records", "100"]] as const) {
  Deno.test(`ingest() killed at drawn moments makes the files of one left alone: ${form}`, () =>
    inTempDir(async (dir) => {
      await writeTar(`${dir}/a.tar`, await someFiles());
      for (const name of ["alone", "killed"]) await Deno.mkdir(`${dir}/${name}`);
      const never = { after: Infinity, milliseconds: 0 };
      const start = (name: string, kill: typeof never) =>
        ingestProcess(
          [`${dir}/a.tar`, pixels, `${dir}/${name}`, `${dir}/${name}-unfinished`],
          kill,
        );
      const all = await start("alone", never);
      assert.deepEqual(all, Array.from({ length: 1910 }, (_, i) => i + 1));

      const random = randomAt(3, "kill ingest", Number(pixels));
      const begun: number[] = [];
      for (let share = 1; share <= 5; share++) {
        const after = 350 * share - random.integer(200);
        const told = await start("killed", { after, milliseconds: random.integer(30) });
        begun.push(told[0]!);
      }
      begun.push((await start("killed", never))[0] ?? Infinity);
      assert.ok(begun[5]! > 300, `went on from images ${begun}`);
      assert.deepEqual(begun.toSorted((a, b) => a - b), begun, "nothing that was kept is lost");

      const pack = await readPack(`${dir}/killed`);
      assert.deepEqual(pack.skipped.map(({ name, reason }) => `${name}: ${reason}`), [
        "train/0/0050.jpg: the image is cut short or damaged",
        "train/4/0014.jpg: the file is not an image of a kind that is read (JPEG, PNG, WebP, GIF, TIFF, AVIF)",
        "train/9/1499.jpg: the file is empty",
      ]);
      const names = [...Deno.readDirSync(`${dir}/alone`)].map(({ name }) => name).sort();
      assert.deepEqual(
        [...Deno.readDirSync(`${dir}/killed`)].map(({ name }) => name).sort(),
        names,
      );
      for (const name of names) {
        const [killed, alone] = [`${dir}/killed/${name}`, `${dir}/alone/${name}`];
        assert.equal(await sha256File(killed), await sha256File(alone), name);
      }
    }));
}
