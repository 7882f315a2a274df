import assert from "node:assert/strict";
import {
  domain,
  experiment,
  grid,
  images,
  linear,
  mini,
  networkName,
  perClass,
  pool,
  resnet,
  type Scale,
  scale,
  simclr,
  trial,
  untrained,
} from "@/dsl/mod.ts";

const about = { title: "t", question: "q", reference: "r" };

Deno.test("images() and perClass() make sizes that say their number, and refuse what is none", () => {
  assert.equal(domain("species", images(3000)).size, "3000 images");
  assert.equal(linear("species", { labels: perClass(10) }).labels, "10 a class");
  assert.equal(linear("species", { labels: images(300) }).labels, "300 images");
  assert.equal(
    pool(domain("species", images(30)), domain("scenes", images(30))).parts[1]!.size,
    "30 images",
  );
  assert.throws(() => images(1), {
    name: "RangeError",
    message: "Cannot count images: number must be an integer from 2 on: current value is 1",
  });
  for (const count of [0, 1.5, NaN, -3]) {
    assert.throws(() => perClass(count), {
      message:
        `Cannot count labels a class: number must be an integer from 1 on: current value is ${count}`,
    });
  }
});

Deno.test("a number of images is written as images() and perClass() write it, or refused", () => {
  assert.equal(domain("species", "30 images").size, images(30));
  assert.throws(() => domain("species", "2.5 images"), /integer from 2 on: current value is 2\.5/);
  assert.throws(() => domain("species", "1e2 images"), {
    name: "RangeError",
    message: 'Cannot count images: number must be given to images(): current value is "1e2 images"',
  });
  assert.throws(() => linear("species", { labels: "05 a class" as "5 a class" }), {
    message:
      'Cannot count images: number must be given to perClass(): current value is "05 a class"',
  });
});

Deno.test("pool() wants as many images of each part, however they are said", () => {
  assert.throws(
    () => pool(domain("species", images(30)), domain("scenes", images(31))),
    /one size other than "all": current value is "30 images", "31 images"/,
  );
});

Deno.test("resnet() makes a network, names it by all that it is, and refuses what is none", () => {
  const small = resnet({ blocks: [2, 2, 2], width: 32 });
  assert.deepEqual(small, {
    family: "resnet",
    stem: "small",
    block: "basic",
    blocks: [2, 2, 2],
    width: 32,
  });
  assert.equal(networkName(small), "ResNet 2-2-2 width 32");
  assert.equal(
    networkName(resnet({ blocks: [3], width: 8, block: "bottleneck", stem: "large" })),
    "ResNet 3 width 8, bottleneck, large stem",
  );
  const wrong: readonly (readonly [object, string])[] = [
    [
      { blocks: [], width: 8 },
      "blocks must be a positive integer for each stage: current value is []",
    ],
    [
      { blocks: [1, 0], width: 8 },
      "blocks must be a positive integer for each stage: current value is [1,0]",
    ],
    [
      { blocks: 3, width: 8 },
      "blocks must be a positive integer for each stage: current value is 3",
    ],
    [{ blocks: [1], width: 2.5 }, "width must be a positive integer: current value is 2.5"],
    [
      { blocks: [1], width: 8, stem: "tiny" },
      'stem must be one of small, large: current value is "tiny"',
    ],
    [
      { blocks: [1], width: 8, block: "wide" },
      'block must be one of basic, bottleneck: current value is "wide"',
    ],
  ];
  for (const [options, message] of wrong) {
    assert.throws(() => resnet(options as Parameters<typeof resnet>[0]), {
      name: "RangeError",
      message: `Cannot make a network: ${message}`,
    });
  }
});

Deno.test("scale() keeps the recipes of the scale that it is made of", () => {
  const wide = scale({ ...mini, name: "wide", network: resnet({ blocks: [1], width: 32 }) });
  assert.equal(wide.recipes, "mini");
  assert.equal(wide.network.width, 32);
  assert.ok(Object.isFrozen(wide));
});

Deno.test("scale() refuses a name that is none or taken, and what is missing or cannot be", () => {
  const wrong: readonly (readonly [Partial<Scale>, string])[] = [
    [
      { name: "mini" },
      `scale "mini": name must not be a built-in scale's: current value is "mini"`,
    ],
    [
      { name: "My Scale" },
      `scale "My Scale": name must be kebab-case: current value is "My Scale"`,
    ],
    [{ pixels: 0 }, 'scale "own": pixels must be a positive integer: current value is 0'],
    [{ seeds: 0.5 }, 'scale "own": seeds must be a positive integer: current value is 0.5'],
    [
      { world: { train: 10, test: 0 } },
      'scale "own": world.test must be a positive integer: current value is 0',
    ],
    [
      { recipes: "large" as "mini" },
      'scale "own": recipes must be of smoke, mini, small, paper: current value is "large"',
    ],
  ];
  for (const [change, message] of wrong) {
    assert.throws(() => scale({ ...mini, name: "own", ...change }), {
      name: "RangeError",
      message: `Cannot declare ${message}`,
    });
  }
  const { knn: _, ...lacking } = mini;
  assert.throws(
    () => scale({ ...lacking as Scale, name: "own" }),
    /scale "own": knn is missing: current value is null/,
  );
  assert.throws(
    () => scale({ ...mini, name: "own", sizes: { ...mini.sizes, "50k": 5 } }),
    /scale "own": sizes must be positive integers that grow, for each size/,
  );
  assert.throws(
    () => scale({ ...mini, name: "own", network: { ...mini.network, width: 0 } }),
    /width must be a positive integer: current value is 0/,
  );
  assert.throws(
    () => scale({ ...mini, name: "own", finetune: { ...mini.finetune, epochs: 0 } }),
    /Cannot declare scale "own", finetune: epochs must be a positive integer/,
  );
});

Deno.test("a trial names a scale, and a grid one or several, each with every pair", () => {
  const own = scale({ ...mini, name: "own" });
  const one = trial(untrained(), linear("species"), { scale: "small" });
  assert.equal(one.scale, "small");
  assert.equal(trial(untrained(), linear("species")).scale, null);
  const trials = grid([untrained()], [linear("species"), linear("scenes")], {
    scale: ["smoke", own],
  });
  assert.deepEqual(
    trials.map(({ scale, probe }) => [typeof scale === "object" ? scale!.name : scale, probe.on]),
    [["smoke", "species"], ["smoke", "scenes"], ["own", "species"], ["own", "scenes"]],
  );
  assert.deepEqual(grid([untrained()], [linear("species")], { scale: own })[0]!.scale, own);
  assert.throws(() => grid([untrained()], [linear("species")], { scale: [] }), {
    message:
      "Cannot make a grid: it yields no trial: current value is 1 representations x 1 probes x 0 scales",
  });
  assert.throws(() => trial(untrained(), linear("species"), { scale: "large" as "small" }), {
    name: "RangeError",
    message:
      'Cannot declare a trial: scale must be one of smoke, mini, small, paper, or made by scale(): current value is "large"',
  });
});

Deno.test("experiment() refuses two scales of one name", () => {
  const named = (pixels: number) => scale({ ...mini, name: "own", pixels });
  const trials = [16, 24].map((pixels) =>
    trial(simclr(domain("species")), linear("species"), { scale: named(pixels) })
  );
  assert.throws(() => experiment({ ...about, id: "two", trials }), {
    name: "RangeError",
    message:
      'Cannot declare experiment "two": scales of one name must be the same: current value is two scales "own"',
  });
  const same = [linear("species"), linear("scenes")].map((probe) =>
    trial(untrained(), probe, { scale: named(16) })
  );
  assert.equal(experiment({ ...about, id: "one", trials: same }).trials.length, 2);
});
