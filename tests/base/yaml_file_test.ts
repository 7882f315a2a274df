import assert from "node:assert/strict";
import { InputError } from "@/lib/base/errors.ts";
import { readYaml, type YamlFile } from "@/lib/base/yaml_file.ts";

const slips: { readonly [what: string]: readonly [text: string, says: RegExp] } = {
  "a bracket that is not closed": [
    "a: {}\nb: [1\nc: 2",
    /^d\.yaml:3: this line is not indented like its neighbours, or a bracket is not closed\. /,
  ],
  "a brace that is not closed at the end": [
    "b: { path: x",
    /^d\.yaml:1: this line is not indented like its neighbours, or a bracket is not closed\. /,
  ],
  "a quotation mark that is not closed": [
    'b: { path: "x }\n',
    /^d\.yaml:2: a colon, comma, bracket or quotation mark is missing on this line or above it\. /,
  ],
  "a name without a colon": [
    "b:\n  dataset world\n  world: scenes\n",
    /^d\.yaml:2: a colon is missing on this line\. Correct it; /,
  ],
  "a line indented too far": [
    "b:\n  dataset: world\n    world: scenes\n",
    /^d\.yaml:2: this line has two colons, or the next is indented too far\. Correct it; /,
  ],
  "a line indented too little": [
    "b:\n    dataset: world\n  world: scenes\n",
    /^d\.yaml:3: this line is not indented like its neighbours, or a bracket is not closed\. Indent all fields/,
  ],
  "two colons on a line": [
    "b: dataset: world\n",
    /^d\.yaml:1: this line has two colons, or the next is indented too far\. Correct it; text with .* needs 'single quotes'$/,
  ],
  "a tab": [
    "b:\n\tdataset: world\n",
    /^d\.yaml:2: this line is indented with a tab\. Indent it with spaces$/,
  ],
  "a folder of Windows in double quotes": [
    'b: { path: "C:\\photos" }\n',
    /^d\.yaml:1: in "double quotes" a backslash begins an escape, and this one does not exist\. Use 'single quotes'$/,
  ],
  "a path that begins with an at sign": [
    "b: { path: @home/x }\n",
    /^d\.yaml:1: a value cannot begin with this character\. Put it in 'single quotes'$/,
  ],
  "a pattern with a star at its beginning": [
    "b:\n  train: *.tar\n",
    /^d\.yaml:2: \*\.tar refers to &\.tar, which is not defined above it\. If it is meant as text, put it in 'single quotes'$/,
  ],
  "a range in braces": ["b: { path: a-{0..1}.tar }\n", /^d\.yaml:1: .*'single quotes'$/],
  "a second document": [
    "a: {}\n---\nb: {}",
    /^d\.yaml:2: a second document begins here\. Write all roles in one, without ---$/,
  ],
  "a name that occurs twice": [
    "a: {}\na: {}",
    /^d\.yaml:2: the name on this line occurs twice\. Keep one of the two$/,
  ],
};

const words = { names: "roles", missing: "Write one", example: "Write name: value" };

/** Reads a text as a file `d.yaml`. */
async function read<T>(text: string, body: (file: YamlFile) => T): Promise<T> {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/d.yaml`;
  try {
    await Deno.writeTextFile(file, text);
    return body(await readYaml(file, words));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { place, problem, remedy } = error;
    throw new InputError(place.replace(`${folder}/`, ""), problem, remedy);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const [what, [text, says]] of Object.entries(slips)) {
  Deno.test(`readYaml() refuses ${what} in one sentence of its own, with the line and a remedy`, () =>
    assert.rejects(read(text, () => {}), { name: "InputError", message: says }));
}

Deno.test("readYaml() gives what aliases and merged mappings stand for, and where names and fields stand", () =>
  read(
    "base: &base { dataset: world }\n1:\n  <<: *base\n  world: scenes\n",
    ({ entries, placeOf }) => {
      assert.deepEqual(entries, {
        base: { dataset: "world" },
        1: { dataset: "world", world: "scenes" },
      });
      const places = [["1"], ["base", "dataset"], ["1", "none"], ["none"]]
        .map((names) => placeOf(...names).replace(/^.*\//, ""));
      assert.deepEqual(places, [
        "d.yaml:2: 1",
        "d.yaml:1: base.dataset",
        "d.yaml:2: 1.none",
        "d.yaml: none",
      ]);
    },
  ));

Deno.test("readYaml() says where the path of a file starts that is not there", async () => {
  await assert.rejects(
    readYaml("nowhere/d.yaml", words),
    new RegExp(`the file does not exist\\. Write one; relative paths start at ${Deno.cwd()}$`, "m"),
  );
  await assert.rejects(readYaml("/nowhere/d.yaml", words), /does not exist\. Write one$/m);
});
