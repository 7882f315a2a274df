import assert from "node:assert/strict";
import { findLibrary } from "@/lib/tensor/library.ts";
import { defaultStore } from "@/lib/cli/options.ts";
import { writeSealed } from "@/lib/cli/sealed_folder.ts";
import { openStore } from "@/lib/store/mod.ts";
import { command, root, withFolder } from "@/tests/cli/command.ts";

Deno.test("every command explains itself with --help", async () => {
  const all = await command("--help");
  assert.equal(all.code, 0);
  for (const name of ["reproduce", "plan", "show", "report", "doctor"]) {
    assert.match(all.stdout, new RegExp(`^ +${name}`, "m"));
    const one = await command(name, "--help");
    assert.equal(one.code, 0);
    assert.match(one.stdout, /--store <folder>/);
  }
  const { stdout } = await command("reproduce", "--help");
  for (
    const option of ["scale", "all", "data", "store", "out", "jobs", "seeds", "backend", "json"]
  ) assert.match(stdout, new RegExp(`--${option}\\b`));
  assert.match(stdout, /data-domain/);
});

Deno.test("--help and the tasks of the project list the same commands in the same order", async () => {
  const { stdout } = await command("--help");
  const listed = [...stdout.matchAll(/^ {2}(\w+) .*$/gm)].map((found) => found[1]);
  const { tasks } = JSON.parse(await Deno.readTextFile(`${root}/deno.json`));
  const named = Object.keys(tasks).filter((name) =>
    tasks[name].command.includes("lib/cli/main.ts")
  );
  assert.deepEqual(listed, [...named, "help"]);
  for (const name of named) assert.match(tasks[name].command, new RegExp(`main.ts ${name}$`));
});

Deno.test("a wrong word on the command line gets one line that names it and the remedy", async () => {
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ["plan", "data-domian"],
      /^error: Command line: experiment "data-domian" is not known\. Did you mean "data-domain"\? Choose among all, data-quantity, methods, data-domain, pooled-domains, feature-fusion, taxa, data-quality, task-granularity, controls\n$/,
    ],
    [
      ["plan", "all", "--scale", "huge"],
      /^error: --scale: "huge" is not known\. Choose among smoke, mini, small, paper\n$/,
    ],
    [
      ["reproduce", "all", "--seeds", "0"],
      /^error: --seeds: "0" is neither a number of seeds nor a first and a last one\. Give 3 for the/,
    ],
    [
      ["reproduce", "all", "--backend", "rocm"],
      /^error: backend: there is no backend "rocm"\. Use "tensorflow", "wasm" or "webgpu"\n$/,
    ],
    [
      ["reproduce", "all", "--device", "gpus"],
      /^error: device: "gpus" is not known\. Give cpu, gpu, gpu:1 for the second, gpu\*4 .*\n$/,
    ],
    [
      ["plan", "all", "--precision", "float16"],
      /^error: --precision: "float16" is not known\. Did you mean "bfloat16"\? Choose among float32, bfloat16\n$/,
    ],
    [
      ["reproduce", "all", "--backend", "wasm", "--precision", "bfloat16"],
      /^error: --backend: "wasm" has no bfloat16, in which some of this plan is trained\. Add --precision float32, .*\n$/,
    ],
  ];
  for (const [args, message] of refused) {
    const { code, stdout, stderr } = await command(...args);
    assert.equal(code, 2, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, message);
  }
});

Deno.test("what lacks, is too much or has no such name ends with 2, and with 1 where 2 means something else", async () => {
  const ended = async (...words: string[]) => {
    const { code, stdout, stderr } = await command(...words);
    assert.equal(stdout, "");
    assert.match(
      stderr,
      /^error: [^\n]+\n(\(Did you mean [^\n]+\)\n)?\(--help lists what can be given\)\n$/,
    );
    return code;
  };
  assert.equal(await ended("show"), 2);
  assert.equal(await ended("work"), 2);
  assert.equal(await ended("status", "one"), 2);
  assert.equal(await ended("plan", "taxa", "--scael", "smoke"), 2);
  assert.equal(await ended("plan", "--exit-code", "--nothing"), 1);
});

Deno.test("a data file that does not serve is refused before anything runs", () =>
  withFolder(async (folder) => {
    const store = `${folder}/store`;
    const plan = (file: string) => command("plan", "all", "--store", store, "--data", file);
    const absent = await plan(`${folder}/none.yaml`);
    assert.equal(absent.code, 2);
    assert.match(absent.stderr, /none\.yaml/);
    await Deno.writeTextFile(
      `${folder}/data.yaml`,
      "species: { dataset: image-folder, path: x }\n",
    );
    const dangling = await plan(`${folder}/data.yaml`);
    assert.equal(dangling.code, 2);
    assert.match(dangling.stderr, /^error: .*data\.yaml.*species.*\n$/);
    await Deno.writeTextFile(`${folder}/data.yaml`, "species: { dataset: inat21, path: . }\n");
    const { stderr } = await plan(`${folder}/data.yaml`);
    assert.match(
      stderr,
      /^error: .*data\.yaml:1: species\.train: the field is missing\. Write the path of a folder.*$/m,
    );
    assert.deepEqual(
      stderr.match(/(?<=^error: .*data\.yaml:1: species\.)\w+: the field/gm),
      ["path", "train", "train_json", "val", "val_json"].map((field) => `${field}: the field`),
    );
  }));

Deno.test("all that is wrong with a command and its data.yaml is told at once, a line each, and nothing runs", () =>
  withFolder(async (folder) => {
    const data = `${folder}/data.yaml`;
    await Deno.writeTextFile(
      data,
      "object: { dataset: image-folder, path: x }\nspecies: { dataset: inat22 }\nscenes: 3\n",
    );
    await Deno.writeTextFile(`${folder}/file`, "");
    const wrong: readonly (readonly [readonly string[], readonly string[]])[] = [
      [
        ["reproduce", "data-domian", "taxas", "--scale", "huge", "--seeds", "0", "--jobs", "x"],
        [
          '--scale: "huge"',
          '--seeds: "0"',
          '--jobs: "x"',
          'Command line: experiment "data-domian"',
          'Command line: experiment "taxas"',
          "--out ",
          `${data}:1: object: no experiment uses`,
          `${data}:1: object.path: the path`,
          `${data}:2: species.dataset: the data set "inat22" is unknown`,
          `${data}:3: scenes: the value is 3`,
        ],
      ],
      [["plan", "taxa", "--hours", "2", "--max-seeds", "3", "--allow", "empty,one-clas"], [
        '--allow: "empty" is not known',
        '--allow: "one-clas" is not known. Did you mean "one-class"?',
        "--max-seeds: 3 bounds",
        "--hours: 2 bounds",
        `${data}:1: object: no experiment uses`,
        `${data}:1: object.path: the path`,
        `${data}:2: species.dataset: the data set`,
        `${data}:3: scenes: the value is 3`,
      ]],
      [["data", "check", "--sample", "few", "--store", `${folder}/file/x`], [
        '--sample: "few"',
        `Store ${folder}/file/x: it cannot be used`,
        `${data}:1: object.path: the path`,
        `${data}:2: species.dataset: the data set`,
        `${data}:3: scenes: the value is 3`,
      ]],
      [["data", "sheet", "--px", "0", "--out", `${folder}/file`], [
        '--px: "0"',
        "--out ",
        `${data}:1: object.path: the path`,
        `${data}:2: species.dataset: the data set`,
        `${data}:3: scenes: the value is 3`,
      ]],
    ];
    for (const [args, beginnings] of wrong) {
      const places = args[0] === "reproduce"
        ? ["--store", `${folder}/store`, "--out", `${folder}/file`]
        : [];
      const { code, stdout, stderr } = await command(...args, ...places, "--data", data);
      assert.deepEqual([code, stdout], [2, ""], stderr);
      const lines = stderr.trimEnd().split("\n");
      assert.equal(lines.length, beginnings.length, stderr);
      for (const [i, beginning] of beginnings.entries()) {
        assert.ok(lines[i]!.startsWith(`error: ${beginning}`), stderr);
      }
    }
    const both = await command("data", "sheet", "birds", "fungi", "--out", `${folder}/out`);
    assert.equal(both.code, 2);
    assert.match(
      both.stderr,
      /^error: .*"birds" is bound to .*\nerror: .*"fungi" is bound to .*\n$/,
    );
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "data.yaml",
      "file",
    ]);
  }));

Deno.test("plan tells what is to do in groups, or each step with its reason, and runs nothing", () =>
  withFolder(async (folder) => {
    const store = `${folder}/store`;
    const study = ["plan", "data-domain", "--scale", "smoke", "--store", store];
    const groups = await command(...study, "--jobs", "1");
    assert.equal(groups.code, 0, groups.stderr);
    assert.match(
      groups.stdout,
      /^ +steps +on one core +why\n +ingest +4 +about .* s +not run yet$/m,
    );
    assert.match(groups.stdout, /^113 steps, .* with 1 worker process \(by the cost model\)/m);
    assert.doesNotMatch(groups.stdout, /missing +simclr on species \(1M\), seed 1/);
    const text = await command(...study, "--all-steps");
    assert.equal(text.code, 0, text.stderr);
    assert.match(text.stdout, /pretrain +missing +simclr on species \(1M\), seed 1/);
    assert.match(text.stdout, /113 steps, 0 cached, 113 to run/);
    assert.match(
      text.stdout,
      /^claim in-domain, in-domain-species\n {2}left: mean of 1 condition: simclr species \(1M\) -> linear species \(all\)\n {2}right: best of 3 conditions: simclr objects \(1M\) -> linear species \(all\); simclr/m,
    );
    const json = await command(
      "plan",
      "data-domain",
      "--scale",
      "smoke",
      "--store",
      store,
      "--json",
    );
    const { steps, claims } = JSON.parse(json.stdout);
    assert.deepEqual(claims[1].contrasts[0].sides[0], {
      told: "left: mean of 1 condition",
      conditions: ["simclr objects (1M) -> linear species (all)"],
    });
    assert.equal(steps.length, 113);
    assert.match(steps[0].key, /^[0-9a-f]{64}$/);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), [], "not even a store");
  }));

Deno.test("plan tells which steps a device has no memory for, on how many they fit, and what smaller batch would", () =>
  withFolder(async (folder) => {
    const study = ["plan", "taxa", "--scale", "small", "--data", "worlds"];
    const at = [...study, "--store", `${folder}/store`, "--device", "gpu", "--device-memory", "8G"];
    const text = await command(...at);
    assert.equal(text.code, 0, text.stderr);
    assert.match(
      text.stdout,
      /^memory: \d+ steps of \d+ cannot run on gpu \(8 GB\):\n.*\n +pretrain simclr +\d+ +\d+ GB +gpu\*\d +\d+ at a rate of 0\.\d+ +512 at a rate of 1$/m,
    );
    const { memory, unfit, steps } = JSON.parse((await command(...at, "--json")).stdout);
    assert.deepEqual([memory.device, memory.deviceBytes], ["gpu", 8e9]);
    assert.ok(unfit[0].needed.device > 8e9 && unfit[0].smaller.batch < 512);
    const told = steps.find(({ key }: { key: string }) => key === unfit[0].steps[0]);
    assert.ok(told.expectedMemory.device > 8e9);
  }));

Deno.test("reproduce refuses a step for which there is no memory before anything is worked", () =>
  withFolder(async (folder) => {
    const { code, stdout, stderr } = await command(
      ...["reproduce", "data-domain", "--scale", "smoke", "--data", "worlds"],
      ...["--store", `${folder}/store`, "--out", `${folder}/out`],
      ...["--device", "cpu", "--device-memory", "100M"],
    );
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(
      stderr,
      /^error: Step .*: it needs about \d+ MB of memory, and this machine has 100 MB; 112 other steps do not fit either\. .*\n$/m,
    );
    for (const kept of ["plans", "artifacts"]) {
      const found = await Array.fromAsync(Deno.readDir(`${folder}/store/${kept}`)).catch(() => []);
      assert.deepEqual(found, [], kept);
    }
  }));

Deno.test("report of a store that is not there, or holds nothing of what is asked, makes no store and keeps the old page", () =>
  withFolder(async (folder) => {
    const store = `${folder}/store`, out = `${folder}/out`;
    const report = () =>
      command("report", "data-domain", "--scale", "smoke", "--store", store, "--out", out);
    const refused = async (message: string) => {
      const { code, stdout, stderr } = await report();
      assert.deepEqual([code, stdout], [2, ""]);
      assert.ok(
        stderr.startsWith(`error: Store ${store}: ${message}. deno task reproduce`),
        stderr,
      );
    };
    await writeSealed({ folder: out, seal: "report.json" }, { "index.html": "old page" }, {
      inputs: "",
    });
    await refused("it does not exist yet");
    await assert.rejects(Deno.stat(store), Deno.errors.NotFound);
    await openStore(store);
    await refused("it holds no up-to-date step of data-domain at scale smoke");
    assert.equal(await Deno.readTextFile(`${out}/index.html`), "old page");
  }));

Deno.test("places that cannot serve are refused before any work, by one line that names them, and are left as they are", () =>
  withFolder(async (folder) => {
    const used = `${folder}/used`, out = `${folder}/out`, store = `${folder}/store`;
    await Deno.mkdir(`${used}/tmp`, { recursive: true });
    await Deno.writeTextFile(`${used}/index.html`, "my home page");
    const study = ["data-domain", "--scale", "smoke"];
    const refused: readonly (readonly [readonly string[], RegExp])[] = [
      [
        ["reproduce", ...study, "--store", used, "--out", out],
        /^error: Store .*used: it holds index\.html, tmp but no format\.json of a store, so .*\n$/,
      ],
      [["plan", ...study, "--store", used], /^error: Store .*used: it holds index\.html, tmp/],
      [["plan", ...study, "--store", ""], /^error: Store "": the name of its folder is empty.*\n$/],
      [
        ["reproduce", ...study, "--store", store, "--out", used],
        /^error: --out .*used: index\.html is there, and this project did not write it\. Move it.*\n$/,
      ],
      [
        ["report", ...study, "--store", store, "--out", `${used}/index.html`],
        /^error: --out .*: it cannot be written \(.*index\.html is a file\)\. .*\n$/,
      ],
      [
        ["data", "sheet", "objects", "--out", `${used}/index.html`],
        /^error: --out .*: it cannot be written \(.*index\.html is a file\)\. .*\n$/,
      ],
    ];
    for (const [args, message] of refused) {
      const { code, stdout, stderr } = await command(...args);
      assert.deepEqual([code, stdout], [2, ""], args.join(" "));
      assert.match(stderr, message);
    }
    const names = [...Deno.readDirSync(folder), ...Deno.readDirSync(used)].map(({ name }) => name);
    assert.deepEqual(names.sort(), ["index.html", "tmp", "used"]);
  }));

Deno.test("a blank WHEN_CONTRASTIVE_STORE counts as not set", () => {
  const before = Deno.env.get("WHEN_CONTRASTIVE_STORE");
  try {
    for (const [named, store] of [["", "/p/.cache"], [" ", "/p/.cache"], ["/s", "/s"]] as const) {
      Deno.env.set("WHEN_CONTRASTIVE_STORE", named);
      assert.equal(defaultStore("/p"), store);
    }
  } finally {
    if (before === undefined) Deno.env.delete("WHEN_CONTRASTIVE_STORE");
    else Deno.env.set("WHEN_CONTRASTIVE_STORE", before);
  }
});

Deno.test("every scale plans every experiment", () =>
  withFolder(async (folder) => {
    for (const scale of ["small", "paper"]) {
      const { code, stdout, stderr } = await command(
        "plan",
        "all",
        "--scale",
        scale,
        "--store",
        folder,
        "--all-steps",
      );
      assert.equal(code, 0, stderr);
      assert.match(stdout, /pretrain +missing +byol on species \(1M\), seed 1/);
    }
  }));

Deno.test("doctor says what is there and ends well", () =>
  withFolder(async (folder) => {
    // On a new machine nothing has fetched it yet, and doctor itself fetches nothing.
    await findLibrary();
    const { code, stdout, stderr } = await command("doctor", "--store", `${folder}/store`);
    assert.equal(code, 0, stdout + stderr);
    for (const name of ["libtensorflow", "sharp", "store"]) {
      assert.match(stdout, new RegExp(`^ok +.*${name}`, "mi"));
    }
    assert.match(stdout, /store, not there yet: reproduce makes it$/m);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
  }));
