// A question of one's own, as a user asks it: smoke scale, a folder of small images.
import assert from "node:assert/strict";
import { resnet } from "@/dsl/mod.ts";
import { saveEncoder } from "@/lib/model/encoder_file.ts";
import { initialWeights } from "@/lib/model/parameters.ts";
import { networkWeights } from "@/lib/network/mod.ts";
import { command, withFolder } from "@/tests/cli/command.ts";
import { type Files, noiseJpeg, writeFolder } from "@/tests/data/fixtures.ts";

/** Images of three classes, with and without labels. */
async function photographs({ train, test, unlabelled }: {
  readonly train: number;
  readonly test: number;
  readonly unlabelled: number;
}): Promise<Files> {
  const files: Files = {};
  let seed = 0;
  for (const name of ["heron", "robin", "wren"]) {
    for (const [split, count] of [["train", train], ["test", test]] as const) {
      for (let i = 0; i < count; i++) {
        files[`${split}/${name}/${i}.jpg`] = await noiseJpeg(seed++, 16, 16);
      }
    }
  }
  for (let i = 0; i < unlabelled; i++) {
    files[`unlabelled/${i}.jpg`] = await noiseJpeg(seed++, 16, 16);
  }
  return files;
}

/** Asks of them, with further words of the command line. */
async function ask(folder: string, ...words: readonly string[]) {
  await Deno.writeTextFile(
    `${folder}/mine.yaml`,
    "birds: { dataset: image-folder, path: birds }\n",
  );
  return await command(
    ...["ask", "--data", `${folder}/mine.yaml`, "--scale", "smoke"],
    ...["--store", `${folder}/s`, "--out", `${folder}/o`, ...words],
  );
}

Deno.test("ask makes a page that opens with advice, and does nothing the second time", () =>
  withFolder(async (folder) => {
    await writeFolder(`${folder}/birds`, await photographs({ train: 4, test: 2, unlabelled: 60 }));

    const shown = await ask(folder, "--pretrain", "--labels", "2", "--plan");
    assert.equal(shown.code, 0, shown.stdout + shown.stderr);
    assert.match(
      shown.stdout,
      /^birds: 12 labelled images of 3 classes, 6 test images, 60 without/m,
    );
    assert.match(shown.stdout, /^With fewer than 50 test images the page shows numbers/m);
    assert.match(
      shown.stdout,
      /^Labels: 2 of each class, and all\. Asked with 2 seeds: every encoder/m,
    );
    assert.match(shown.stdout, / to run: about .* on disk/);

    const first = await ask(folder, "--pretrain", "--labels", "2");
    assert.equal(first.code, 0, first.stdout + first.stderr);
    const page = await Deno.readTextFile(`${folder}/o/index.html`);
    assert.match(page, /<h1>Which encoder for birds\?<\/h1>/);
    assert.match(page, /The advice<\/h2>\n<dl><div><dt>What your data can tell<\/dt>/);
    assert.match(page, /No choice can be made with 6 test images/);
    assert.match(page, /deno task ask --role birds --scale smoke --data /);
    // Of so few test images nothing is claimed.
    assert.equal((await Deno.readTextFile(`${folder}/o/claims.csv`)).trim().split("\n").length, 1);
    const rows = await Deno.readTextFile(`${folder}/o/rows.csv`);
    for (
      const word of ["simclr", "scratch", "finetune", "knn", "jpeg-10 when tested", "gradients"]
    ) {
      assert.ok(rows.includes(word), word);
    }

    // What it had trained is there for those who go on elsewhere.
    const lines = rows.trim().split("\n");
    const trained = lines.find((line) => line.includes("simclr birds (all) -> linear"))!;
    const key = trained.split(",").at(-1)!;
    const features = await command(
      ...["features", "--encoder", key, "--data", `${folder}/mine.yaml`, "--scale", "smoke"],
      ...["--store", `${folder}/s`, "--out", `${folder}/f`],
    );
    assert.equal(features.code, 0, features.stderr);
    assert.match(features.stdout, /birds-train\.npy: float32 \[12, \d+\]/);
    assert.match(features.stdout, /^Features of simclr on birds \(all\), seed 1/m);

    const again = await ask(folder, "--pretrain", "--labels", "2");
    assert.match(again.stdout, /^nothing to do in .*Report \(unchanged\): /m);

    // Commands of experiments do not know it, and lead to the command that does.
    const status = await command("status", "--store", `${folder}/s`);
    assert.match(
      status.stdout,
      /: ask-birds at scale smoke.*\nasked by: deno task ask --role birds /,
    );
    const report = await command("report", "ask-birds", "--store", `${folder}/s`);
    assert.equal(report.code, 2);
    assert.match(
      report.stderr,
      /^error: Command line: "ask-birds" is a question, .*deno task ask, .*deno task status says/,
    );
  }));

Deno.test("ask refuses data that it cannot judge by, and says what to do", () =>
  withFolder(async (folder) => {
    await writeFolder(`${folder}/birds`, await photographs({ train: 10, test: 0, unlabelled: 0 }));
    const { code, stderr } = await ask(folder);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^error: birds: it has 30 training images with labels and no test images.* Move about 5 of each class from train\/<class>\/ to test\/<class>\/.* With fewer than 50 test images the page shows numbers, and decides nothing/m,
    );
    // In a table there are no folders to move them to.
    const rows = ["heron", "robin", "wren"].map((name) =>
      `birds/train/${name}/0.jpg,${name},train`
    );
    await Deno.writeTextFile(`${folder}/birds.csv`, ["path,class,split", ...rows].join("\n"));
    await Deno.writeTextFile(`${folder}/table.yaml`, "birds: { dataset: csv, path: birds.csv }\n");
    const table = await ask(folder, "--data", `${folder}/table.yaml`);
    assert.match(table.stderr, /Take about 1 of each class out of train and name them as test, /);
  }));

Deno.test("ask wants to know which of several roles is meant, and leaves out what there is no time for", () =>
  withFolder(async (folder) => {
    await writeFolder(`${folder}/birds`, await photographs({ train: 4, test: 2, unlabelled: 60 }));
    await Deno.writeTextFile(
      `${folder}/two.yaml`,
      "birds: { dataset: image-folder, path: birds }\nothers: { dataset: image-folder, path: birds }\n",
    );
    const given = ["--data", `${folder}/two.yaml`, "--scale", "smoke", "--store", `${folder}/s`];
    const { code, stderr } = await command("ask", ...given);
    assert.equal(code, 2);
    assert.match(stderr, /two\.yaml: it binds 2 roles: birds, others\. Say which .*--role birds/);
    const none = await command("ask", ...given, "--role", "bird");
    assert.match(none.stderr, /--role: "bird" is bound to no data set .*Did you mean "?birds/);
    const short = await command("ask", ...given, ...[
      "--role",
      "others",
      "--hours",
      "0.001",
      "--plan",
    ]);
    assert.equal(short.code, 0, short.stdout + short.stderr);
    assert.match(short.stdout, /^Left out: fine-tuning|^Left out: .*more, beyond --hours 0\.001/m);
    assert.match(short.stderr, /Even the least that can be asked takes about .*--hours 0\.001/);
  }));

Deno.test("ask refuses what it cannot do before it says or does anything, and says where it stands", () =>
  withFolder(async (folder) => {
    await writeFolder(`${folder}/birds`, await photographs({ train: 4, test: 2, unlabelled: 0 }));
    await Deno.writeTextFile(`${folder}/none.yaml`, "# dino: { path: dino.pth }\n");
    const refused: [words: readonly string[], says: RegExp][] = [
      [["--pretrain"], /^error: --pretrain: birds has 12 images to pretrain on.*fewer than 64/],
      [
        ["--encoders", `${folder}/none.yaml`],
        /^error: .*\/none\.yaml: it names no encoder\. Write one line, such as/,
      ],
    ];
    for (const [words, says] of refused) {
      const { code, stdout, stderr } = await ask(folder, ...words);
      assert.deepEqual([code, stdout], [2, ""], stderr);
      assert.match(stderr, says);
    }
    await Deno.writeTextFile(
      `${folder}/Birds.yaml`,
      "Birds: { dataset: image-folder, path: birds }\n",
    );
    const named = await ask(folder, "--data", `${folder}/Birds.yaml`);
    assert.equal(named.code, 2);
    assert.match(
      named.stderr,
      /\/Birds\.yaml: Birds: "Birds" cannot be asked of: .* Rename it there\. Give small letters/,
    );
    const many = await ask(folder, "--labels", "0", "--role", "bird", "--encoders", "nowhere.yaml");
    assert.equal(many.code, 2);
    assert.match(
      many.stderr,
      /^error: --labels: .*\nerror: --role: "bird" .*\nerror: nowhere\.yaml: /,
    );
    const worlds = await ask(folder, "--data", "worlds", "--role", "scenes", "--plan");
    assert.match(worlds.stdout, /^scenes: \d+ labelled images of /, worlds.stderr);
    await Deno.copyFile(`${folder}/birds/train/wren/0.jpg`, `${folder}/birds/test/wren/0.jpg`);
    const same = await ask(folder);
    assert.deepEqual([same.code, same.stdout], [2, ""], same.stderr);
    assert.match(same.stderr, /^error: birds .*1 test image stands among the training images/);
    const allowed = await ask(folder, "--allow", "test-images-in-train", "--plan");
    assert.equal(allowed.code, 0, allowed.stderr);
  }));

Deno.test("the command with which the page goes on writes features as it stands, at the scale of the page", () =>
  withFolder(async (folder) => {
    await writeFolder(`${folder}/birds`, await photographs({ train: 4, test: 17, unlabelled: 0 }));
    const network = resnet({ blocks: [1], width: 4 });
    const weights = initialWeights(networkWeights(network), 1);
    await saveEncoder(`${folder}/small.safetensors`, { network, weights });
    const described = "architecture: { blocks: [1], width: 4 }, pixels: 32, normalisation: half";
    await Deno.writeTextFile(
      `${folder}/outside.yaml`,
      `small: { path: small.safetensors, ${described} }\n`,
    );
    const given = ["--labels", "2", "--seeds", "1", "--encoders", `${folder}/outside.yaml`];
    const { code, stdout, stderr } = await ask(folder, ...given);
    assert.equal(code, 0, stdout + stderr);
    const page = await Deno.readTextFile(`${folder}/o/index.html`);
    const [, told] = /<code>npx deno task (features [^<]*)<\/code>/.exec(page)!;
    const [word, role, ...others] = told!.split(" ");
    assert.deepEqual([word, role], ["features", "birds"]);
    // Where the store is, the page keeps to itself.
    const features = await command(
      ...[word!, role!, ...others, "--store", `${folder}/s`, "--out", `${folder}/f`],
    );
    assert.equal(features.code, 0, features.stderr);
    assert.match(features.stdout, /^Features of .*, of images at (24|32) px/m);

    // The page has the key of an encoder from outside too, with which its file need not be named.
    const rows = (await Deno.readTextFile(`${folder}/o/rows.csv`)).trim().split("\n");
    const key = rows.find((line) => line.includes("checkpoint small -> linear"))!.split(",").at(
      -1,
    )!;
    const outside = await command(
      ...["features", "--encoder", key, "--data", `${folder}/mine.yaml`, "--split", "test"],
      ...["--store", `${folder}/s`, "--out", `${folder}/g`],
    );
    assert.equal(outside.code, 0, outside.stderr);
    assert.match(outside.stdout, /^Features of checkpoint small, of images at 32 px/m);
  }));

Deno.test("ask says of a broken image that a step failed, and not that there is nothing to do", () =>
  withFolder(async (folder) => {
    await writeFolder(`${folder}/birds`, {
      ...await photographs({ train: 4, test: 17, unlabelled: 0 }),
      "train/wren/x.jpg": "no picture",
    });
    await Deno.writeTextFile(`${folder}/birds/train/wren/y.heic`, "of a telephone");
    const { code, stdout } = await ask(folder, "--seeds", "1", "--hours", "1", "--jobs", "1");
    assert.equal(code, 1, stdout);
    assert.match(stdout, /^note: 1 file is left out, in no image format that is read: 1 \.heic$/m);
    const status = await command("status", "--store", `${folder}/s`);
    assert.match(status.stdout, /^asked by: deno task ask .* --hours 1 --jobs 1 --seeds 1$/m);
    assert.match(stdout, /FAILED \(bad input\) ingest birds .*train\/wren\/x\.jpg/);
    assert.match(stdout, /^\d+ steps? run in .*Report: .*\n1 step failed, /m);
    const page = await Deno.readTextFile(`${folder}/o/index.html`);
    assert.match(page, /Not tried: 13 images are too few, and 64 the least\./);
  }));
