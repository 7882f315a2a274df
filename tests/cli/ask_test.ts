// A question of one's own, as a user asks it: smoke scale, a folder of small images.
import assert from "node:assert/strict";
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
    assert.match(shown.stdout, /^Labels: 2 of each class, and all\. Asked: every encoder/m);
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

    const again = await ask(folder, "--pretrain", "--labels", "2");
    assert.match(again.stdout, /^nothing to do in .*Report \(unchanged\): /m);
  }));

Deno.test("ask refuses data that it cannot judge by, and says what to do", () =>
  withFolder(async (folder) => {
    await writeFolder(`${folder}/birds`, await photographs({ train: 10, test: 0, unlabelled: 0 }));
    const { code, stderr } = await ask(folder);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^error: birds: it has 30 training images with labels and no test images.* Move about 2 of each class from train\/<class>\/ to test\/<class>\//m,
    );
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
