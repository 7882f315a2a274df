import assert from "node:assert/strict";
import { architectures, resnet, vit } from "@/dsl/mod.ts";
import { InputError, InputErrors } from "@/lib/base/errors.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { encoderNames, type OutsideEncoder, readEncoders } from "@/lib/pretrained/encoders_file.ts";
import { inTempDir } from "@/tests/data/fixtures.ts";

const weights = "these are weights";
const sum = sha256(weights);

/** Reads a text as `encoders.yaml` beside a file `r50.pth`. */
function read(
  text: string,
  names?: readonly string[],
): Promise<ReadonlyMap<string, OutsideEncoder>> {
  return inTempDir(async (folder) => {
    await Deno.writeTextFile(`${folder}/r50.pth`, weights);
    await Deno.writeTextFile(`${folder}/encoders.yaml`, text);
    const read = await readEncoders(`${folder}/encoders.yaml`, { ...names && { names } })
      .catch((error) => {
        if (!(error instanceof InputError)) throw error;
        const relative = (text: string) => text.replaceAll(`${folder}/`, "");
        throw new InputError(relative(error.place), relative(error.problem), error.remedy);
      });
    return new Map(
      [...read].map(([name, one]) => [name, { ...one, path: one.path.replace(`${folder}/`, "") }]),
    );
  });
}

const least = "path: r50.pth, architecture: resnet50, normalisation: imagenet";

Deno.test("readEncoders() gives what an encoder is, with what is usual for what is left out", async () => {
  const [encoder] = (await read(`dino-r50: { ${least} }`)).values();
  assert.deepEqual(encoder, {
    path: "r50.pth",
    sha256: sum,
    network: architectures.resnet50,
    pixels: 224,
    normalisation: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  });
});

Deno.test("readEncoders() gives all that is said of an encoder", async () => {
  const [encoder] = (await read([
    "dinov2:",
    "  path: r50.pth",
    "  architecture: vit_small_patch14",
    "  layout: dinov2",
    "  pixels: 98",
    "  positions: 518",
    "  layer_scale: true",
    "  heads: 12",
    "  pool: mean",
    "  normalisation: { mean: [0, 0, 0], std: [1, 1, 1] }",
    "  source: 'https://example.org'",
    "  licence: Apache-2.0",
    `  sha256: ${sum.toUpperCase()}`,
  ].join("\n"))).values();
  assert.deepEqual(encoder, {
    path: "r50.pth",
    sha256: sum,
    network: {
      ...architectures.vit_small_patch14,
      pixels: 518,
      heads: 12,
      pool: "mean",
      layerScale: true,
    },
    layout: "dinov2",
    pixels: 98,
    normalisation: { mean: [0, 0, 0], std: [1, 1, 1] },
    source: "https://example.org",
    licence: "Apache-2.0",
  });
});

Deno.test("readEncoders() takes a network that has no name by what it is made of", async () => {
  const networkOf = async (architecture: string) => {
    const text =
      `a: { path: r50.pth, normalisation: half, pixels: 32, architecture: ${architecture} }`;
    return (await read(text)).get("a")!.network;
  };
  assert.deepEqual(
    await networkOf("{ blocks: [2, 2, 2], width: 32 }"),
    resnet({ blocks: [2, 2, 2], width: 32 }),
  );
  assert.deepEqual(
    await networkOf("{ blocks: [3, 4], width: 64, stem: large, block: bottleneck }"),
    resnet({ blocks: [3, 4], width: 64, stem: "large", block: "bottleneck" }),
  );
  assert.deepEqual(
    await networkOf("{ patch: 4, width: 192, depth: 9, heads: 12 }"),
    vit({ patch: 4, width: 192, depth: 9, heads: 12, pixels: 32 }),
  );
});

const wrong: readonly (readonly [string, string, string])[] = [
  [
    "an unknown architecture",
    "a: { path: r50.pth, architecture: resnet5O, normalisation: imagenet }",
    'encoders.yaml:1: a.architecture: the value is "resnet5O". Did you mean "resnet50"? Use one of',
  ],
  [
    "a network of no blocks",
    "a: { path: r50.pth, architecture: { blocks: [], width: 16 }, normalisation: half }",
    "encoders.yaml:1: a.architecture: blocks is empty. Give a list of blocks of each stage",
  ],
  [
    "a width that is a word",
    "a: { path: r50.pth, architecture: { blocks: [1], width: wide }, normalisation: half }",
    'encoders.yaml:1: a.architecture: width is "wide". Give 1, 2, 3, …',
  ],
  [
    "a transformer without heads",
    "a: { path: r50.pth, architecture: { patch: 8, width: 96, depth: 2 }, normalisation: half }",
    "encoders.yaml:1: a.architecture: heads is missing. Give 1, 2, 3, …",
  ],
  [
    "more blocks than any network has",
    "a: { path: r50.pth, architecture: { blocks: [1000000000], width: 8 }, normalisation: half }",
    "encoders.yaml:1: a.architecture: blocks[0] is 1000000000. Give 1, 2, 3, … up to 1000",
  ],
  [
    "depth of a residual network, which has blocks",
    "a: { path: r50.pth, architecture: { blocks: [1], width: 8, depth: 2 }, normalisation: half }",
    'encoders.yaml:1: a.architecture: the field "depth" is not known; its value is 2',
  ],
  [
    "patches of a network that no image fills",
    "a: { path: r50.pth, architecture: { patch: 5, width: 16, depth: 1, heads: 1 }, normalisation: half }",
    "encoders.yaml:1: a.pixels: patches of 5 px do not fill 224 px. Give a multiple of 5",
  ],
  [
    "heads of a described network that has none",
    "a: { path: r50.pth, architecture: { blocks: [1], width: 8 }, normalisation: half, heads: 6 }",
    "encoders.yaml:1: a.heads: ResNet 1 width 8 has no heads, which are a transformer's. Remove the field",
  ],
  [
    "an unknown layout",
    `a: { ${least}, layout: moko }`,
    'encoders.yaml:1: a.layout: the value is "moko". Did you mean "moco"? Use one of torchvision,',
  ],
  [
    "no normalisation, of which none is usual",
    "a:\n  path: r50.pth\n  architecture: resnet50\n",
    "encoders.yaml:1: a.normalisation: the field is missing. Write what its authors give it: one of",
  ],
  [
    "a deviation of zero",
    "a:\n  path: r50.pth\n  architecture: resnet50\n  normalisation: { mean: [0, 0, 0], std: [1, 0, 1] }",
    "encoders.yaml:4: a.normalisation: the value is",
  ],
  [
    "a normalisation that is misspelt",
    "a: { path: r50.pth, architecture: resnet50, normalisation: ImageNet }",
    'encoders.yaml:1: a.normalisation: the value is "ImageNet". Did you mean "imagenet"? Write what its',
  ],
  ["nothing at all", "# none yet", "encoders.yaml: it names no encoder. Write one line an encoder"],
  [
    "a mean of values from 0 to 255",
    "a:\n  path: r50.pth\n  architecture: resnet50\n  normalisation: { mean: [123.675, 116.28, 103.53], std: [58.4, 57.1, 57.4] }",
    'encoders.yaml:4: a.normalisation: the value is {"mean":[123.675,116.28,103.53],',
  ],
  ...[1, 10_000, 224.5].map((side) =>
    [
      `images of ${side} px`,
      `a: { ${least}, pixels: ${side} }`,
      `encoders.yaml:1: a.pixels: the value is ${side}. Write the side of the images that it was trained or tested on, from 8 to 1024`,
    ] as const
  ),
  [
    "a floor's name",
    `pixels: { ${least} }`,
    'encoders.yaml:1: pixels: "pixels" is the name of a floor, which needs no file. Give the encoder another',
  ],
  ...["../a", "a b", "-a", "__proto__"].map((name) =>
    [
      `${name} as a name`,
      `'${name}': { ${least} }`,
      `encoders.yaml:1: ${name}: the name is ${JSON.stringify(name)}. Give the name of an encoder`,
    ] as const
  ),
  [
    "a name that stands twice",
    `a: { ${least} }\na: { ${least} }`,
    "encoders.yaml:2: the name on this line occurs twice. Keep one of the two",
  ],
  [
    "what has no end",
    "a: { path: /dev/zero, architecture: resnet50, normalisation: half }",
    "encoders.yaml:1: a.path: /dev/zero: it is a device or a pipe. Name a file",
  ],
  [
    "a folder",
    "a: { path: ., architecture: resnet50, normalisation: half }",
    "encoders.yaml:1: a.path: ",
  ],
  [
    "a field that there is not",
    `a: { ${least}, license: MIT }`,
    'encoders.yaml:1: a.license: the field "license" is unknown for an encoder. Did you mean "licence"?',
  ],
  [
    "a file that is not there",
    "b:\n  path: r51.pth\n  architecture: resnet50\n  normalisation: half\n",
    "encoders.yaml:2: b.path: r51.pth: the file does not exist. Correct the path",
  ],
  [
    "a file that is not the one that was meant",
    `a: { ${least}, sha256: ${"f".repeat(64)} }`,
    `encoders.yaml:1: a.sha256: the file r50.pth has another, ${sum}. Fetch the file again`,
  ],
  [
    "a text in an encoder's place",
    "a: r50.pth",
    'encoders.yaml:1: a: the value is "r50.pth". Write one line',
  ],
  [
    "heads of a network that has none",
    `a: { ${least}, heads: 6 }`,
    "encoders.yaml:1: a.heads: resnet50 has no heads, which are a transformer's. Remove the field",
  ],
  [
    "heads that do not divide a width",
    "a: { path: r50.pth, architecture: vit_base_patch16, normalisation: half, heads: 7 }",
    "encoders.yaml:1: a.heads: 7 heads do not divide a width of 768. Give a divisor",
  ],
  [
    "images that patches do not fill",
    "a: { path: r50.pth, architecture: vit_base_patch14, normalisation: half, pixels: 225 }",
    "encoders.yaml:1: a.pixels: patches of 14 px do not fill 225 px. Give a multiple of 14",
  ],
];

for (const [what, text, message] of wrong) {
  Deno.test(`readEncoders() refuses ${what}, with file and line`, () =>
    assert.rejects(read(text), (error) => {
      assert.ok(error instanceof InputError, String(error));
      assert.equal(error.message.slice(0, message.length), message);
      return true;
    }));
}

Deno.test("readEncoders() looks at the encoders that are used alone, and says which there are", async () => {
  const text = `r50: { ${least} }\nother: { path: none.pth }`;
  assert.deepEqual([...(await read(text, ["r50"])).keys()], ["r50"]);
  await assert.rejects(read(text, ["r5O"]), {
    message: 'encoders.yaml: it names no encoder "r5O". Did you mean "r50"? It has r50, other',
  });
  // `constructor` is no name of a mapping's.
  await assert.rejects(read(text, ["constructor"]), /names no encoder "constructor"/);
});

Deno.test("readEncoders() takes one file under two names, which may differ in what is made of it", async () => {
  const { a, b } = Object.fromEntries(await read(`a: { ${least} }\nb: { ${least}, pixels: 96 }`));
  assert.deepEqual(b, { ...a, pixels: 96 });
});

Deno.test("encoderNames() refuses names that are none, whatever else is wrong", () =>
  inTempDir(async (folder) => {
    const file = `${folder}/encoders.yaml`;
    await Deno.writeTextFile(file, "good: 1\n'../bad': 2\ncolours: 3\n");
    await assert.rejects(encoderNames(file), (error) => {
      assert.ok(error instanceof InputErrors);
      const places = error.errors.map(({ place }) => place.replace(`${folder}/`, ""));
      assert.deepEqual(places, ["encoders.yaml:2: ../bad", "encoders.yaml:3: colours"]);
      return true;
    });
  }));

Deno.test("readEncoders() tells all that is wrong together", async () => {
  const text = "a: { path: r50.pth, architecture: x, normalisation: half }\nb: 1\n";
  await assert.rejects(read(text), (error) => {
    assert.ok(error instanceof InputErrors);
    assert.equal(error.errors.length, 2);
    return true;
  });
});
