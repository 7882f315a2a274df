import assert from "node:assert/strict";

/** The whole architecture: what each folder may import besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "dsl": ["lib/base"],
  "experiments": ["dsl"],
  "lib/base": [],
  "lib/network": ["dsl", "lib/base"],
  "lib/plan": ["dsl", "lib/base", "lib/network"],
  "lib/store": ["lib/base", "lib/plan"],
  "lib/depot": ["lib/base", "lib/store"],
  "lib/tensor": ["lib/base"],
  "lib/worlds": ["lib/base"],
  "lib/pretrained": ["dsl", "lib/base", "lib/network"],
  "lib/question": ["dsl", "lib/base"],
  "lib/data": ["dsl", "lib/base", "lib/worlds"],
  "lib/model": ["dsl", "lib/base", "lib/network", "lib/tensor"],
  "lib/objective": ["dsl", "lib/base", "lib/network", "lib/tensor", "lib/model"],
  "lib/train": [
    "dsl",
    "lib/base",
    "lib/network",
    "lib/tensor",
    "lib/data",
    "lib/model",
    "lib/objective",
  ],
  "lib/probe": [
    "dsl",
    "lib/base",
    "lib/network",
    "lib/tensor",
    "lib/data",
    "lib/model",
    "lib/objective",
    "lib/train",
  ],
  "lib/results": ["dsl", "lib/base", "lib/plan", "lib/store"],
  "lib/report": ["lib/base", "lib/results"],
  "lib/run": [
    "dsl",
    "lib/base",
    "lib/plan",
    "lib/store",
    "lib/tensor",
    "lib/data",
    "lib/pretrained",
    "lib/model",
    "lib/objective",
    "lib/train",
    "lib/probe",
  ],
  // Types of the data that a report is given (dsl, plan, store) pass through lib/results.
  "reports": ["experiments", "lib/results", "lib/report"],
  "lib/cli": [
    "dsl",
    "experiments",
    "reports",
    "lib/base",
    "lib/plan",
    "lib/store",
    "lib/depot",
    "lib/pretrained",
    "lib/question",
    "lib/tensor",
    "lib/data",
    "lib/run",
    "lib/results",
    "lib/report",
  ],
};

/**
 * What others may import of these rooms: their `mod.ts`, and where they work a step the files named here, because a step's
 * fingerprint covers everything that it reaches.
 */
const doors: Readonly<Record<string, readonly string[]>> = {
  "lib/worlds": [],
  "lib/data": [
    "contact_rows.ts",
    "contact_sheet.ts",
    "corrupt_pack.ts",
    "corrupt_sample.ts",
    "hierarchy.ts",
    "ingest.ts",
    "pack.ts",
    "pack_labels.ts",
    "pretraining_images.ts",
    "resized.ts",
    "subset.ts",
    "tiles.ts",
  ],
  "lib/pretrained": ["import_encoder.ts"],
};

/** Where steps are worked. */
const workRooms = ["lib/train", "lib/probe", "lib/run"];

const tensorRooms = [
  "lib/tensor",
  "lib/model",
  "lib/objective",
  "lib/train",
  "lib/probe",
];

/** Packages that only these folders may import. */
const packageHomes: Readonly<Record<string, readonly string[]>> = {
  "@aws-sdk/client-s3": ["lib/depot"],
  "@zip.js/zip.js": ["lib/cli"],
  "pickleparser": ["lib/pretrained"],
  "yauzl": ["lib/pretrained"],
  "@tensorflow/tfjs": tensorRooms,
  "@tensorflow/tfjs-node-gpu": ["lib/tensor"],
  "@tensorflow/tfjs-backend-wasm": ["lib/tensor"],
  "@tensorflow/tfjs-backend-webgpu": ["lib/tensor"],
  "sharp": ["lib/data", "lib/report", "lib/cli"],
  "tar-stream": ["lib/data", "lib/tensor"],
  "@stdlib/stats-base-dists-normal-cdf": ["lib/results"],
  "@dagrejs/dagre": ["reports"],
  "csv-parse": ["lib/data"],
  "fastest-levenshtein": ["lib/base"],
  "humanize-duration": ["lib/base"],
  "hyparquet": ["lib/data"],
  "hyparquet-compressors": ["lib/data"],
  "hyparquet-writer": ["lib/results"],
  "@streamparser/json": ["lib/data"],
  "pretty-bytes": ["lib/base"],
  "yaml": ["lib/base"],
  "zod": ["lib/base", "lib/data", "lib/plan", "lib/pretrained", "lib/run", "lib/store"],
  "commander": ["lib/cli"],
  "js-tokens": ["lib/run"],
  "slice-ansi": ["lib/base"],
  "ml-matrix": ["lib/train"],
  "arquero": ["lib/results", "lib/report", "reports"],
  "@uwdata/flechette": ["lib/results", "lib/report"],
  "vega": ["lib/report"],
  "vega-lite": ["lib/report", "reports"],
};

const roots = ["dsl", "experiments", "lib", "reports"];

function folderOf(path: string): string {
  const folder = Object.keys(mayImport).find((one) => path.startsWith(`${one}/`));
  assert.ok(folder, `${path} is in a folder that mayImport does not name`);
  return folder;
}

async function* sources(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory && path !== "reports/out") yield* sources(path);
    else if (path.endsWith(".ts")) yield path;
  }
}

/** Everything that each file imports, lazily too. */
async function readImports(): Promise<ReadonlyMap<string, readonly string[]>> {
  const imports = new Map<string, readonly string[]>();
  for (const root of roots) {
    for await (const path of sources(root)) {
      const code = (await Deno.readTextFile(path)).replace(/\/\*[\s\S]*?\*\//g, "");
      const found = code.matchAll(/(?<!")\b(?:from|import)\s*\(?\s*"([^"]+)"/g);
      imports.set(path, [...found].map((match) => match[1]!));
    }
  }
  return imports;
}

Deno.test("every import is one that the architecture allows", async () => {
  const imports = await readImports();
  assert.ok(imports.size > 50, `only ${imports.size} files were read`);
  for (const [path, specifiers] of imports) {
    const from = folderOf(path);
    for (const specifier of specifiers) {
      assert.ok(!specifier.startsWith("."), `${path} imports ${specifier}: use "@/"`);
      if (specifier.startsWith("@/")) {
        const to = folderOf(specifier.slice(2));
        assert.ok(to === from || mayImport[from]!.includes(to), `${path} imports ${specifier}`);
      } else if (!specifier.startsWith("node:")) {
        const home = Object.keys(packageHomes).find((name) =>
          specifier === name || specifier.startsWith(`${name}/`)
        );
        assert.ok(home, `${path} imports ${specifier}, which has no home`);
        assert.ok(packageHomes[home]!.includes(from), `${path} imports ${specifier}`);
      }
    }
  }
});

Deno.test("other rooms import the doors of data and of the worlds, and nothing behind them", async () => {
  const imports = await readImports();
  const used = new Set<string>();
  for (const [path, specifiers] of imports) {
    for (const specifier of specifiers) {
      const to = Object.keys(doors).find((room) => specifier.startsWith(`@/${room}/`));
      if (to === undefined || path.startsWith(`${to}/`)) continue;
      const file = specifier.slice(`@/${to}/`.length);
      const open = workRooms.includes(folderOf(path)) ? ["mod.ts", ...doors[to]!] : ["mod.ts"];
      assert.ok(open.includes(file), `${path} imports ${specifier}, which is no door of ${to}`);
      used.add(`${to}/${file}`);
    }
  }
  for (const [room, files] of Object.entries(doors)) {
    const unused = ["mod.ts", ...files].filter((file) => !used.has(`${room}/${file}`));
    assert.deepEqual(unused, [], `nobody uses these doors of ${room}`);
  }
});

Deno.test("no imports form a cycle", async () => {
  const imports = await readImports();
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    assert.ok(!trail.includes(path), `Import cycle: ${[...trail, path].join(" > ")}`);
    if (done.has(path)) return;
    const inside = (imports.get(path) ?? []).filter((one) => one.startsWith("@/"));
    for (const specifier of inside) visit(specifier.slice(2), [...trail, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
});

Deno.test("planning and reporting never reach TensorFlow", async () => {
  const imports = await readImports();
  const reached = new Set<string>();
  const reach = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const specifier of imports.get(path) ?? []) {
      assert.ok(!specifier.startsWith("@tensorflow/"), `${path} imports ${specifier}`);
      // The table of works loads its modules only inside a worker.
      if (specifier.startsWith("@/") && path !== "lib/run/works.ts") reach(specifier.slice(2));
    }
  };
  reach("lib/cli/show_plan.ts");
  reach("lib/cli/reproduce.ts");
  reach("reports/mod.ts");
});
