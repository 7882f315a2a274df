import assert from "node:assert/strict";
import { root } from "@/tests/cli/command.ts";
import { plainErrors } from "@/tests/lint/borders.ts";
import { objectionsOf } from "@/tests/lint/objections.ts";

const objections = objectionsOf("error-messages");

Deno.test("the rule objects to messages that do not read as place, problem and remedy", () => {
  for (
    const parts of [
      '"", "it is absent", "Add it"',
      '"data.yaml:", "it is absent", "Add it"',
      'place, "", "Add it"',
      'place, "It is absent", "Add it"',
      'place, "it is absent.", "Add it"',
      "place, `it is ${value}.`, remedy",
      "place, `pip said:\\n${complaint}\\n`, remedy",
      'place, isFile ? "it is a file" : "It is a folder", "Add it"',
      'place, problem, ""',
      'place, problem, " "',
      'place, problem, "add it"',
      'place, problem, "Add it."',
      "place, problem, `Add ${name}, `",
      'place, problem, `Choose another: ` + "one of these."',
    ]
  ) assert.equal(objections(`throw new InputError(${parts});`), 1, parts);
});

Deno.test("the rule lets messages pass that read as place, problem and remedy", () => {
  for (
    const parts of [
      '"--seeds", "it is absent", "Add it"',
      'place, "TensorFlow is absent", "Add it"',
      'place, `"${text}" is not known`, `${didYouMean(text, words)}Choose among ${words.join()}`',
      'place, problem, "Give 1, 2, 3, …"',
      "place, problem, `Install pip. ${other}`",
      'place, problem, "deno task plan says what is missing, and why"',
      "place, `${file} holds ` + `${value}`, remedy",
      'place, problem, remedy, { kind: "disk full" }',
    ]
  ) assert.equal(objections(`throw new InputError(${parts});`), 0, parts);
});

Deno.test("the rule objects to plain errors where the user is the one to mend things", () => {
  const plain = 'throw new Error("The name is wrong");';
  for (const path of ["dsl/a.ts", "experiments/a.ts", "lib/cli/a.ts", "lib/data/files/a.ts"]) {
    assert.equal(objections(plain, path), 1, path);
    assert.equal(objections('throw new RangeError("Cannot make a role");', path), 0);
  }
  for (const path of ["lib/tensor/a.ts", ...plainErrors]) {
    assert.equal(objections(plain, path), 0, path);
  }
});

Deno.test("every file that may throw plain errors does", async () => {
  for (const path of plainErrors) {
    const program = await Deno.readTextFile(`${root}/${path}`);
    assert.ok(objections(program, "lib/data/another.ts") > 0, path);
  }
});
