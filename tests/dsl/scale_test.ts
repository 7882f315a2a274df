import assert from "node:assert/strict";
import {
  architectures,
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
  vit,
} from "@/dsl/mod.ts";
import { collecting } from "@/dsl/checked.ts";
import { InputError } from "@/lib/base/errors.ts";

function refused(declare: () => unknown, message: string): void {
  assert.throws(declare, (error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.place, /^tests\/dsl\/scale_test\.ts:\d+$/);
    assert.equal(`${error.problem}. ${error.remedy}`, message);
    return true;
  });
}

const about = { title: "t", question: "q", reference: "r" };

Deno.test("images() and perClass() make sizes that say their number, and refuse what is none", () => {
  assert.equal(domain("species", images(3000)).size, "3000 images");
  assert.equal(linear("species", { labels: perClass(10) }).labels, "10 a class");
  assert.equal(linear("species", { labels: images(300) }).labels, "300 images");
  assert.equal(
    pool(domain("species", images(30)), domain("scenes", images(30))).parts[1]!.size,
    "30 images",
  );
  assert.throws(() => images(1), /: images\(\): count is 1\. Give 2, 3, 4, …$/);
  for (const count of [0, 1.5, NaN, -3]) {
    assert.throws(() => perClass(count), {
      name: "InputError",
      message: new RegExp(`: perClass\\(\\): count is ${count}\\. Give 1, 2, 3, …$`),
    });
  }
});

Deno.test("what follows from a wrong number, network or scale is not told again", async () => {
  const { mistakes } = await collecting(() => {
    const network = resnet({ blocks: [1], width: 0 });
    const own = scale({ ...mini, name: "own", pixels: 0 });
    trial(simclr(domain("species", images(1)), { network }), linear("species"), { scale: own });
    return Promise.resolve();
  });
  assert.deepEqual(mistakes.map(({ problem }) => problem), [
    "resnet(): width is 0",
    "scale(): pixels is 0",
    "images(): count is 1",
  ]);
});

Deno.test("a number of images is written as images() and perClass() write it, or refused", () => {
  assert.equal(domain("species", "30 images").size, images(30));
  for (const size of ["2.5 images", "1e2 images", "1 images"] as const) {
    assert.throws(
      () => domain("species", size),
      new RegExp(`domain\\(\\): size "${size}" is not known`),
    );
  }
  assert.throws(
    () => linear("species", { labels: "05 a class" as "5 a class" }),
    /linear\(\): labels "05 a class" is not known\. .* or perClass\(n\) for n of each class$/,
  );
});

Deno.test("pool() wants as many images of each part, however they are said", () => {
  assert.throws(
    () => pool(domain("species", images(30)), domain("scenes", images(31))),
    /its parts have the sizes "30 images", "31 images"\. Give all parts one size/,
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
    [{ blocks: [], width: 8 }, "blocks is empty. Give a list of blocks of each stage"],
    [{ blocks: [1, 0], width: 8 }, "blocks[1] is 0. Give 1, 2, 3, … up to 1000"],
    [{ blocks: [1e9], width: 8 }, "blocks[0] is 1000000000. Give 1, 2, 3, … up to 1000"],
    [{ blocks: 3, width: 8 }, "blocks is 3. Give a list of blocks of each stage"],
    [{ blocks: [1], width: 2.5 }, "width is 2.5. Give 1, 2, 3, …"],
    [{ blocks: [1] }, "width is missing. Give 1, 2, 3, …"],
    [
      { blocks: [1], width: 8, stem: "tiny" },
      'stem "tiny" is not known. Choose among small, large',
    ],
    [
      { blocks: [1], width: 8, block: "wide" },
      'block "wide" is not known. Choose among basic, bottleneck',
    ],
    [
      { blocks: [1], width: 8, depth: 3 },
      'the field "depth" is not known; its value is 3. The fields are blocks, width, stem, block, widen',
    ],
  ];
  for (const [options, message] of wrong) {
    refused(() => resnet(options as Parameters<typeof resnet>[0]), `resnet(): ${message}`);
  }
  const network = { family: "resnet", blocks: [1], width: 0 } as unknown as typeof small;
  refused(() => untrained({ network }), "untrained(): network.width is 0. Give 1, 2, 3, …");
  refused(
    () => untrained({ network: "resnet-18" as unknown as typeof small }),
    'untrained(): network is "resnet-18". Give a network, as resnet() or vit() gives it',
  );
});

Deno.test("resnet() widens bottlenecks alone, and one that is not widened is what it was", () => {
  const wide = architectures.wide_resnet50_2, { resnet50 } = architectures;
  assert.deepEqual(wide, { ...resnet50, widen: 2 });
  assert.equal(
    networkName(wide),
    "ResNet 3-4-6-3 width 64, bottleneck, 2 times as wide, large stem",
  );
  assert.ok(!("widen" in resnet({ blocks: [1], width: 8, block: "bottleneck", widen: 1 })));
  refused(
    () => resnet({ blocks: [1], width: 8, widen: 2 }),
    "resnet(): widen is 2, of basic blocks. Leave it out, or use bottlenecks",
  );
});

Deno.test("vit() makes a transformer, names it by all that it is, and refuses what is none", () => {
  const shape = { patch: 16, width: 384, depth: 12, heads: 6 };
  const small = vit(shape);
  assert.deepEqual(small, { family: "vit", ...shape, pool: "class", pixels: 224 });
  assert.equal(networkName(small), "ViT patch 16 width 384 depth 12 heads 6");
  assert.equal(
    networkName(vit({ ...shape, pool: "mean", pixels: 32, layerScale: true })),
    "ViT patch 16 width 384 depth 12 heads 6, mean of patches, positions of 32 px, layer scale",
  );
  assert.equal(simclr(domain("species"), { network: small }).network, small);
  const wrong: readonly (readonly [object, string])[] = [
    [{ ...shape, heads: 5 }, "5 heads do not divide a width of 384. Give a divisor"],
    [
      { ...shape, pixels: 40 },
      "patches of 16 px do not fill 40 px. Give pixels that they do",
    ],
    [{ ...shape, pool: "max" }, 'pool "max" is not known. Choose among class, mean'],
    [{ ...shape, depth: 0 }, "depth is 0. Give 1, 2, 3, … up to 1000"],
    [{ ...shape, layerScale: 1 }, "layerScale is 1. Give true or false"],
  ];
  for (const [options, message] of wrong) {
    refused(() => vit(options as Parameters<typeof vit>[0]), `vit(): ${message}`);
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
    [{ name: "mini" }, 'name "mini" is that of a built-in scale. Give another'],
    [
      { name: "My Scale" },
      'name is "My Scale". Give small letters, digits and single hyphens, such as few-images',
    ],
    [{ pixels: 0 }, "pixels is 0. Give 1, 2, 3, …"],
    [{ seeds: 0.5 }, "seeds is 0.5. Give 1, 2, 3, …"],
    [{ world: { train: 10, test: 0 } }, "world.test is 0. Give 1, 2, 3, …"],
    [
      { recipes: "large" as "mini" },
      'recipes "large" is not known. Choose among smoke, mini, small, paper',
    ],
    [
      { sizes: { ...mini.sizes, "50k": 5 } },
      'sizes has 5 for "50k" and 44 for "10k". Give numbers that grow from size to size',
    ],
    [{ network: { ...mini.network, width: 0 } }, "network.width is 0. Give 1, 2, 3, …"],
    [{ finetune: { ...mini.finetune, epochs: 0 } }, "finetune.epochs is 0. Give 1, 2, 3, …"],
  ];
  for (const [change, message] of wrong) {
    refused(() => scale({ ...mini, name: "own", ...change }), `scale(): ${message}`);
  }
  const { seeds: _, ...lacking } = mini;
  refused(
    () => scale({ ...lacking as Scale, name: "own" }),
    "scale(): seeds is missing. Give 1, 2, 3, …",
  );
  const { heldOut: __, ...knn } = mini.knn;
  refused(
    () => scale({ ...mini, name: "own", knn: knn as Scale["knn"] }),
    "scale(): knn.heldOut is missing. Give it",
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
  refused(
    () => grid([untrained()], [linear("species")], { scale: [] }),
    "grid(): scale is empty. Give a list of scales",
  );
  refused(
    () => trial(untrained(), linear("species"), { scale: "large" as "small" }),
    'trial(): scale "large" is not known. Choose among smoke, mini, small, paper, or give one of your own, as scale() gives it',
  );
});

Deno.test("experiment() refuses two scales of one name", () => {
  const named = (pixels: number) => scale({ ...mini, name: "own", pixels });
  const trials = [16, 24].map((pixels) =>
    trial(simclr(domain("species")), linear("species"), { scale: named(pixels) })
  );
  refused(
    () => experiment({ ...about, id: "two", trials }),
    'experiment(): in "two", two scales are called "own". Rename one',
  );
  const same = [linear("species"), linear("scenes")].map((probe) =>
    trial(untrained(), probe, { scale: named(16) })
  );
  assert.equal(experiment({ ...about, id: "one", trials: same }).trials.length, 2);
});
