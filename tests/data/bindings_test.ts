import assert from "node:assert/strict";
import { bind, defaultBindings, readBindings } from "@/lib/data/bindings.ts";
import { worldNames } from "@/lib/worlds/mod.ts";
import { inputError, inTempDir } from "@/tests/data/fixtures.ts";

/** Reads a text as `data.yaml` beside a folder `photos` and a file `birds.tar`. */
function read<T>(text: string, then: (file: string, folder: string) => Promise<T>): Promise<T> {
  return inTempDir(async (folder) => {
    await Deno.mkdir(`${folder}/photos`);
    await Deno.writeTextFile(`${folder}/birds.tar`, "");
    await Deno.writeTextFile(`${folder}/birds.zip`, "");
    await Deno.writeTextFile(`${folder}/data.yaml`, text);
    return await then(`${folder}/data.yaml`, folder);
  });
}

Deno.test("defaultBindings() binds each world under its own name", () => {
  const bindings = defaultBindings();
  assert.deepEqual(Object.keys(bindings), [...worldNames]);
  assert.deepEqual(bindings["species"], { dataset: "world", world: "species" });
});

Deno.test("readBindings() resolves paths from the file's folder and knows both kinds", async () => {
  const text = "birds: { dataset: image-folder, path: birds.tar }\n" +
    "mine:\n  dataset: image-folder\n  path: ./photos\n" +
    "drawn: { dataset: world, world: scenes }\n";
  await read(text, async (file, folder) => {
    assert.deepEqual(await readBindings(file), {
      birds: { dataset: "image-folder", path: `${folder}/birds.tar` },
      mine: { dataset: "image-folder", path: `${folder}/photos` },
      drawn: { dataset: "world", world: "scenes" },
    });
  });
});

Deno.test("bind() lets the file override roles and keeps the other worlds", async () => {
  assert.deepEqual(await bind(), defaultBindings());
  await read("species: { dataset: image-folder, path: photos }", async (file, folder) => {
    assert.deepEqual(await bind(file), {
      ...defaultBindings(),
      species: { dataset: "image-folder", path: `${folder}/photos` },
    });
  });
  await read("# nothing yet\n", async (file) => {
    assert.deepEqual(await bind(file), defaultBindings());
  });
});

Deno.test("readBindings() follows aliases and merges", async () => {
  const text = "a: &set { dataset: image-folder, path: photos }\nb: *set\n" +
    "c:\n  <<: *set\n  path: birds.tar\n";
  await read(text, async (file, folder) => {
    const photos = { dataset: "image-folder", path: `${folder}/photos` };
    const c = { dataset: "image-folder", path: `${folder}/birds.tar` };
    assert.deepEqual(await readBindings(file), { a: photos, b: photos, c });
  });
});

Deno.test("readBindings() refuses a file that is no UTF-8, and a folder, and takes a byte order mark", async () => {
  const text = "caf\u00e9: { dataset: image-folder, path: photos }";
  await read(`\ufeff${text}`, async (file, folder) => {
    assert.deepEqual(Object.keys(await readBindings(file)), ["caf\u00e9"]);
    const utf16 = new Uint8Array(Uint16Array.from(`\ufeff${text}`, (c) => c.charCodeAt(0)).buffer);
    await Deno.writeFile(file, utf16);
    await assert.rejects(readBindings(file), inputError(`${file}: the text is UTF-16`, "UTF-8"));
    await Deno.writeFile(file, Uint8Array.from(text, (c) => c.charCodeAt(0)));
    await assert.rejects(readBindings(file), inputError(`${file}: the text is not UTF-8`));
    await assert.rejects(readBindings(folder), inputError(`${folder}: it is a folder`));
  });
});

/** Aliases of aliases that stand for a billion texts. */
const bomb = Array.from(
  { length: 9 },
  (_, i) => `a${i}: &a${i} [${Array(9).fill(i === 0 ? "x" : `*a${i - 1}`)}]`,
).join("\n");

Deno.test("readBindings() names file, line, field, value and remedy", async () => {
  const refused: [string, string[]][] = [
    [
      "a: { dataset: world, world: scenes }\nb: { dataset: mnist }",
      [":2: b.dataset", 'the data set "mnist" is unknown', "Use one of world, image-folder"],
    ],
    ["b: { dataset: constructor }", [":1: b.dataset", 'the data set "constructor" is unknown']],
    ["b: { path: photos }", ["b.dataset", "the field is missing", "world, image-folder"]],
    ["b: { dataset: image-folder }", ["b.path: the field is missing", "a folder or a .tar"]],
    ["b: { dataset: image-folder, path: 3 }", ["b.path: the value is 3", "a folder or a .tar"]],
    [
      "b:\n  dataset: image-folder\n  path: photos\n  size: 3",
      [":4: b.size: ", 'the field "size" is unknown', "the fields are dataset, path"],
    ],
    ["b: { dataset: world, world: mars }", ['b.world: the value is "mars"', "species"]],
    ["b: { dataset: image-folder, path: ../none.tar }", [
      "b.path: the path /",
      "/none.tar does not exist",
    ]],
    ["b: { dataset: image-folder, path: birds.zip }", ["birds.zip is not a .tar", "unpack"]],
    ["b: photos", [":1: b: ", 'the value is "photos"', "species: { dataset: image-folder"]],
    ["b:", ["b: the value is null"]],
    ["- photos", ['the file holds ["photos"]']],
    ["photos", ['the file holds "photos"']],
    [bomb, ["data.yaml: its aliases (*) stand for too much"]],
    ["b:\n  path: x\n  path: y", ["data.yaml:3: the name on this line occurs twice"]],
    ["b: { dataset: ImageFolder }", ['Did you mean "image-folder"?', "Use one of"]],
    ["b: { dataset: image-folder, paths: photos }", ['Did you mean "path"? Correct it']],
    ["b: { dataset: world, world: scene }", ['Did you mean "scenes"? Use one of']],
    ...["a/b", "a.b", '"a b"', '""', "3", "_a", "..", '"__proto__"'].map((
      name,
    ): [string, string[]] => [
      `${name}: { dataset: world, world: scenes }`,
      [
        `:1: ${JSON.parse(name.startsWith('"') ? name : `"${name}"`)}: `,
        "cannot be the name of a role",
      ],
    ]),
  ];
  for (const [text, parts] of refused) {
    await read(text, async (file) => {
      await assert.rejects(readBindings(file), inputError(file, ...parts));
    });
  }
});

Deno.test("readBindings() tells all that is wrong with a file at once", async () => {
  const text = [
    "object: { dataset: image-folder, path: none }",
    "species:",
    "  dataset: image-folder",
    "  path: 3",
    "  size: 4",
    "  pxs: 5",
    "scenes: { dataset: mnist }",
    "aerial: { dataset: world, world: aerial }",
  ].join("\n");
  await read(text, async (file, folder) => {
    const known = (error: Error) => {
      assert.equal(error.name, "InputErrors");
      assert.deepEqual(
        error.message.split("\n").map((line) => line.slice(file.length, line.indexOf(". "))),
        [
          ':1: object: no experiment uses the role "object"',
          `:1: object.path: the path ${folder}/none does not exist`,
          ':5: species.size: the field "size" is unknown for the data set "image-folder"',
          ':6: species.pxs: the field "pxs" is unknown for the data set "image-folder"',
          ":4: species.path: the value is 3",
          ':7: scenes.dataset: the data set "mnist" is unknown',
        ],
      );
      return true;
    };
    const roles = ["objects", "species", "scenes", "aerial"];
    await assert.rejects(readBindings(file, { roles }), known);
  });
  await read("a: {}\na: {}\na: {}", async (file) => {
    await assert.rejects(readBindings(file), {
      message: [2, 3].map((line) =>
        `${file}:${line}: the name on this line occurs twice. Keep one of the two`
      ).join("\n"),
    });
  });
});

Deno.test("readBindings() says that a file does not exist", async () => {
  await assert.rejects(readBindings("/nowhere/data.yaml"), {
    name: "InputError",
    message:
      "/nowhere/data.yaml: the file does not exist. Name a YAML file that binds roles to data sets",
  });
});

Deno.test("readBindings() takes names of letters, digits, - and _ for roles", async () => {
  const names = ["a", "my-birds_2", "Objects", "vögel", "constructor"];
  const text = names.map((name) => `${name}: { dataset: world, world: scenes }\n`).join("");
  await read(text, async (file) => {
    assert.deepEqual(Object.keys(await readBindings(file)), names);
  });
});

Deno.test("readBindings() refuses a role that nothing uses, and names the nearest that is used", async () => {
  const roles = ["objects", "species", "my-birds"];
  const refused: [string, string[]][] = [
    ["# mine\nobject: { dataset: world, world: scenes }", [
      ':2: object: no experiment uses the role "object"',
    ]],
    ["object: { dataset: world, world: scenes }", [
      'Did you mean "objects"? The roles are objects, species, my-birds;',
    ]],
    ["Objects: { dataset: world, world: scenes }", ['Did you mean "objects"?']],
    ["photos: { dataset: world, world: scenes }", [
      'the role "photos". The roles are',
      'domain(role("photos"))',
    ]],
    ["constructor: { dataset: world, world: scenes }", [
      'no experiment uses the role "constructor"',
    ]],
  ];
  for (const [text, parts] of refused) {
    await read(text, async (file) => {
      await assert.rejects(readBindings(file, { roles }), inputError(file, ...parts));
    });
  }
  await read("my-birds: { dataset: world, world: species }", async (file) => {
    assert.deepEqual(Object.keys(await readBindings(file, { roles })), ["my-birds"]);
  });
});
