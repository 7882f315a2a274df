import assert from "node:assert/strict";
import { dirname } from "node:path";
import {
  API,
  API_VERSION,
  ELEMENT_TYPE,
  FUNCTIONS,
  NAMED_VALUE,
  RESOURCE_EXHAUSTED,
  STRUCTS,
} from "@/lib/tensor/pjrt/header.ts";
import { readCHeader } from "@/tests/tensor/pjrt/c_header.ts";
import { plugin } from "@/tests/tensor/pjrt/plugin.ts";

/** The header with which the plugin of the tests was built, which lies beside it. */
const path = `${dirname(plugin.path)}/include/pjrt_c_api.h`;
const text = await Deno.readTextFile(path);
const header = readCHeader(text);

/** Names of the words of a struct that follow its head; each must begin a word of eight bytes. */
function wordsOf(name: string): readonly string[] {
  return header.fields(name).map(({ name, offset }, i) => {
    assert.equal(offset, 8 * i, `${name} begins no word of its own`);
    return name;
  });
}

Deno.test("the tables are of the version of the header, which is the plugin's", () => {
  const own = [API_VERSION.major, API_VERSION.minor];
  assert.deepEqual([header.constant("PJRT_API_MAJOR"), header.constant("PJRT_API_MINOR")], own);
  assert.deepEqual(plugin.api.version, own);
});

Deno.test("every function stands in PJRT_Api where the table says", () => {
  assert.ok(header.functions.length > 100);
  for (const [name, { index }] of Object.entries(FUNCTIONS)) {
    assert.equal(header.functions[index], name);
  }
  const version = header.fields("PJRT_Api_Version");
  const at = (name: string) => version.find((one) => one.name === name)!.offset;
  // PJRT_Api begins with struct_size and extension_start; then it holds the version.
  assert.equal(API.major, 16 + at("major_version"));
  assert.equal(API.minor, 16 + at("minor_version"));
  assert.equal(API.functions, 16 + header.sizeOf("PJRT_Api_Version"));
});

Deno.test("every struct has the fields of the table first, each in a word of its own", () => {
  const structs = [
    ...Object.entries(FUNCTIONS).map(([name, { fields }]) => [`${name}_Args`, fields] as const),
    ...Object.entries(STRUCTS),
  ];
  for (const [name, fields] of structs) {
    const ours = ["struct_size", "extension_start", ...fields];
    // The value is in a union, whose names the table does without.
    const theirs = wordsOf(name).map((one) => one === "string_value" ? "value" : one);
    assert.deepEqual(theirs.slice(0, ours.length), ours, name);
  }
});

Deno.test("a named value, which lies in an array, has no other fields, nor the layout within one", () => {
  assert.equal(header.sizeOf("PJRT_NamedValue"), 8 * (2 + STRUCTS.PJRT_NamedValue.length));
  assert.equal(header.sizeOf("PJRT_Buffer_MemoryLayout_Tiled"), 56);
});

Deno.test("the numbers of element types, named values and codes are the header's", () => {
  const types = header.names("PJRT_Buffer_Type");
  const theirs = { i: "S", ui: "U", f: "F", bf: "BF" } as Readonly<Record<string, string>>;
  for (const [name, number] of Object.entries(ELEMENT_TYPE)) {
    const [, letters, bits] = /^([a-z]+)(\d+)$/.exec(name)!;
    const expected = name === "i1" ? "PRED" : `${theirs[letters!]}${bits}`;
    assert.equal(types[number], `PJRT_Buffer_Type_${expected}`);
  }
  const kinds = header.names("PJRT_NamedValue_Type");
  const theirKinds = { integer: "Int64", integers: "Int64List", float: "Float", boolean: "Bool" };
  for (const [name, kind] of Object.entries(theirKinds)) {
    assert.equal(kinds[NAMED_VALUE[name as keyof typeof NAMED_VALUE]], `PJRT_NamedValue_k${kind}`);
  }
  const code = /PJRT_Error_Code_RESOURCE_EXHAUSTED = (\d+)/.exec(text)![1];
  assert.equal(RESOURCE_EXHAUSTED, Number(code));
});
