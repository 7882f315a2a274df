import sharp from "sharp";
import { randomAt } from "@/lib/base/random.ts";
import { median } from "@/tests/bench/statistics.ts";
import { textTable } from "@/tests/bench/text_table.ts";
import { decodeImage } from "@/lib/data/files/decode.ts";
import { ingest } from "@/lib/data/ingest.ts";

/** What to measure. */
export interface IngestOptions {
  /** A folder of photographs of the user's own, as `train/<class>/<file>` and `test/<class>/<file>`. */
  readonly folder?: string;
  readonly rounds: number;
}

const world = { train: 0, test: 0, seed: 0 };

/**
 * Times ingest against libvips' own thumbnailer on the same files to the same size, in turns: one
 * `vipsthumbnail` a core, each with its share of the files and one thread, which write raw files (`.v`).
 */
export async function benchIngest({ folder, rounds }: IngestOptions): Promise<void> {
  const root = await Deno.makeTempDir();
  const sets: { name: string; path: string; px: number }[] = folder === undefined ? [] : [
    { name: "own photographs", path: folder, px: 32 },
  ];
  try {
    for (const [side, px] of [[500, 32], [500, 64], [500, 224]] as const) {
      const path = `${root}/made-${side}`;
      if (!await Deno.stat(path).then(() => true, () => false)) await makePhotographs(path, side);
      sets.push({ name: `made, ${side} x ${side * 4 / 5}`, path, px });
    }
    const rows: Record<string, string>[] = [];
    for (const { name, path, px } of sets) {
      const ours: number[] = [], theirs: number[] = [];
      for (let round = 0; round < rounds; round++) {
        ours.push(await timeOurs(path, px));
        theirs.push(await timeVips(path, px));
      }
      rows.push({
        images: name,
        to: `${px} px`,
        "ours, images/s": median(ours).toFixed(0),
        "vipsthumbnail, images/s": median(theirs).toFixed(0),
        "ours / theirs": median(ours.map((rate, i) => rate / theirs[i]!)).toFixed(2),
      });
    }
    // deno-lint-ignore no-console -- the result of a benchmark
    console.log(textTable(rows).join("\n"));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function timeOurs(path: string, px: number): Promise<number> {
  const out = await Deno.makeTempDir();
  try {
    const started = performance.now();
    const { train, test } = await ingest({ dataset: "image-folder", path }, { px, world, out });
    return (train + test) / ((performance.now() - started) / 1000);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

async function timeVips(path: string, px: number): Promise<number> {
  const out = await Deno.makeTempDir();
  const files: string[] = [];
  for (const split of ["train", "test"]) {
    for await (const leaf of Deno.readDir(`${path}/${split}`)) {
      for await (const { name } of Deno.readDir(`${path}/${split}/${leaf.name}`)) {
        files.push(`${path}/${split}/${leaf.name}/${name}`);
      }
    }
  }
  try {
    const started = performance.now();
    const cores = navigator.hardwareConcurrency;
    await Promise.all(Array.from({ length: cores }, async (_, core) => {
      const share = files.filter((_, i) => i % cores === core);
      const { success, stderr } = await new Deno.Command("vipsthumbnail", {
        args: ["--size", `${px}x${px}`, "--smartcrop", "centre", "-o", `${out}/%s.v`, ...share],
        env: { VIPS_CONCURRENCY: "1" },
      }).output();
      if (!success) throw new Error(new TextDecoder().decode(stderr));
    }));
    return files.length / ((performance.now() - started) / 1000);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

/** JPEGs that cost about what photographs cost: soft shapes under a fine grain. */
async function makePhotographs(path: string, side: number): Promise<void> {
  const width = side, height = side * 4 / 5, count = 300;
  for (let i = 0; i < count; i++) {
    const random = randomAt(1, "bench photograph", i);
    const few = Uint8Array.from({ length: 12 * 12 * 3 }, () => random.integer(256));
    const soft = await sharp(await decodeImage({ pixels: few, width: 12, height: 12 }, 12), {
      raw: { width: 12, height: 12, channels: 3 },
    }).resize(width, height, { fit: "fill", kernel: "cubic" }).raw().toBuffer();
    for (let b = 0; b < soft.length; b++) soft[b] = Math.min(255, soft[b]! + (random.integer(24)));
    const folder = `${path}/${i % 10 === 0 ? "test" : "train"}/${i % 3}`;
    await Deno.mkdir(folder, { recursive: true });
    await sharp(soft, { raw: { width, height, channels: 3 } }).jpeg({ quality: 88 })
      .toFile(`${folder}/${i}.jpg`);
  }
}
