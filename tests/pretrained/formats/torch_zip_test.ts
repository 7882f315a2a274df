import assert from "node:assert/strict";
import { openWeights } from "@/lib/pretrained/open_weights.ts";
import {
  bytesOf,
  dict,
  floats,
  int,
  pickle,
  tensor,
  text,
  type TorchZip,
  torchZip,
  withFile,
} from "@/tests/pretrained/pickled.ts";
import { refused } from "@/tests/pretrained/refused.ts";

/** The values of all tensors of a zip. */
async function valuesOf(zip: TorchZip): Promise<Record<string, readonly number[]>> {
  const values: Record<string, readonly number[]> = {};
  await withFile(await torchZip(zip), async (path) => {
    using file = await openWeights(path);
    for (const name of file.tensors.keys()) values[name] = [...await file.values(name)];
  });
  return values;
}

const two = pickle(dict({ a: tensor({ elements: 2 }), b: tensor({ elements: 2, key: "1" }) }));
const storages = { 0: floats(1, -2), 1: floats(3, 4) };

Deno.test("tensors of a zip are read with their names, forms and values", async () => {
  const nested = pickle(
    dict({ epoch: int(3), model: dict({ weight: tensor({ elements: 4, shape: [2, 2] }) }) }),
  );
  await withFile(
    await torchZip({ pickle: nested, storages: { 0: floats(1, 2, 3, 4) } }),
    async (path) => {
      using file = await openWeights(path);
      assert.deepEqual([...file.tensors], [["model.weight", { dtype: "F32", shape: [2, 2] }]]);
      assert.deepEqual([...await file.values("model.weight")], [1, 2, 3, 4]);
    },
  );
  assert.deepEqual(await valuesOf({ pickle: two, storages }), { a: [1, -2], b: [3, 4] });
  assert.deepEqual(await valuesOf({ pickle: two, storages, zip64: true }), {
    a: [1, -2],
    b: [3, 4],
  });
});

Deno.test("a tensor is read by its strides and its place in a storage that it shares", async () => {
  const storage = { elements: 7 };
  const tensors = pickle(dict({
    turned: tensor({ ...storage, offset: 1, shape: [3, 2], strides: [1, 3] }),
    row: tensor({ ...storage, offset: 4, shape: [3] }),
    spread: tensor({ ...storage, offset: 6, shape: [2, 2], strides: [0, 0] }),
    one: tensor({ ...storage, offset: 2, shape: [] }),
    none: tensor({ ...storage, offset: 7, shape: [0, 3] }),
  }));
  assert.deepEqual(
    await valuesOf({ pickle: tensors, storages: { 0: floats(0, 1, 2, 3, 4, 5, 6) } }),
    {
      turned: [1, 4, 2, 5, 3, 6],
      row: [4, 5, 6],
      spread: [6, 6, 6, 6],
      one: [2],
      none: [],
    },
  );
});

Deno.test("numbers of half, double and brain floats are read", async () => {
  const of = (kind: string) => pickle(dict({ a: tensor({ kind, elements: 3 }) }));
  const values = async (kind: string, bytes: Uint8Array) =>
    (await valuesOf({ pickle: of(kind), storages: { 0: bytes } })).a;
  // 1, -2 and the smallest number that is none of the normal ones.
  assert.deepEqual(await values("HalfStorage", bytesOf([0, 0x3c, 0, 0xc0, 1, 0])), [
    1,
    -2,
    2 ** -24,
  ]);
  assert.deepEqual(await values("BFloat16Storage", bytesOf([0x80, 0x3f, 0, 0xc0, 0x40, 0x40])), [
    1,
    -2,
    3,
  ]);
  assert.deepEqual(
    await values("DoubleStorage", new Uint8Array(Float64Array.of(1, -2, 0.5).buffer)),
    [1, -2, 0.5],
  );
  await assert.rejects(values("LongStorage", new Uint8Array(24)), /"a" is I64/);
});

Deno.test("numbers of a big-endian machine are turned around", async () => {
  const swapped = floats(1, -2).reverse();
  const zip = { pickle: pickle(dict({ a: tensor({ elements: 2 }) })), storages: { 0: swapped } };
  const order = (word: string) => ({ ...zip, more: { byteorder: bytesOf(word) } });
  assert.deepEqual(await valuesOf(order("big")), { a: [-2, 1] });
  await refused(await torchZip(order("middle")), /its order of bytes is "middle"/);
});

Deno.test("a zip that is cut off anywhere is refused", async () => {
  const whole = await torchZip({ pickle: two, storages });
  for (const length of [4, 40, whole.length >> 1, whole.length - 23, whole.length - 1]) {
    await refused(whole.subarray(0, length), /not a whole zip.*[^.]\. Fetch the file again/);
  }
});

Deno.test("a zip whose storages are shorter than its tensors, or not there, is refused", async () => {
  await refused(
    await torchZip({ pickle: two, storages: { ...storages, 1: floats(3) } }),
    /the storage "1" should have 8 bytes, and has 4/,
  );
  await refused(
    await torchZip({ pickle: two, storages: { 0: floats(1, 2) } }),
    /"1" should have 8 bytes, and is not there/,
  );
});

Deno.test("a zip in which anything is compressed is refused, however much it would become", async () => {
  const bomb = { 0: floats(1, 2), 1: new Uint8Array(1 << 20) };
  await refused(
    await torchZip({ pickle: two, storages: bomb, level: 9 }),
    /in it is compressed or encrypted/,
  );
});

Deno.test("a zip that says its list of contents is where no file has anything is refused", async () => {
  const whole = await torchZip({ pickle: two, storages, zip64: true });
  const view = new DataView(whole.buffer);
  const locator = [...whole.keys()].find((at) =>
    at + 4 <= whole.length && view.getUint32(at) === 0x504b0607
  )!;
  for (const place of [2n ** 64n - 1n, 2n ** 53n, 2n ** 40n, BigInt(whole.length)]) {
    view.setBigUint64(locator + 8, place, true);
    await refused(whole, /not a whole zip of PyTorch's: it should have \d+ bytes or more, and has/);
  }
});

Deno.test("a zip whose list of contents lies is refused", async () => {
  const whole = await torchZip({ pickle: two, storages });
  const view = new DataView(whole.buffer);
  const marks = [...whole.keys()].filter((at) =>
    at + 4 <= whole.length && view.getUint32(at) === 0x504b0102
  );
  assert.equal(marks.length, 3);
  const [, first, last] = marks;
  const changed = (at: number, value: number) => {
    const bytes = whole.slice();
    new DataView(bytes.buffer).setUint32(at, value, true);
    return bytes;
  };
  const placeOf = (mark: number) => view.getUint32(mark + 42, true);
  await refused(changed(last! + 42, placeOf(first!)), /lie in one another/);
  await refused(changed(last! + 42, placeOf(last!) + 1), /invalid local file header/);
  await refused(changed(last! + 42, 0x7fffffff), /not a whole zip/);
  const longer = whole.slice();
  new DataView(longer.buffer).setUint32(first! + 20, 100, true);
  new DataView(longer.buffer).setUint32(first! + 24, 100, true);
  await refused(longer, /lie in one another/);
});

Deno.test("a TorchScript archive, a zip of something else and a pickle of something else are refused", async () => {
  const program = { "constants.pkl": pickle("]"), "code/a.py": bytesOf("x") };
  await refused(
    await torchZip({ pickle: pickle("N"), more: program }),
    /TorchScript archive.*torch\.jit\.load/,
  );
  await refused(await torchZip({ pickle: pickle("N") }), /holds no names with tensors/);
  await refused(
    await torchZip({ pickle: pickle(tensor({ elements: 1 })), storages: { 0: floats(1) } }),
    /no names with/,
  );
  await refused(await torchZip({ pickle: pickle(dict({ epoch: int(1) })) }), /no tensors by names/);
  const other = await torchZip({ pickle: pickle("N") });
  for (let at = 0; at < other.length - 8; at++) {
    if (new TextDecoder().decode(other.subarray(at, at + 8)) === "data.pkl") {
      other.set(bytesOf("else"), at);
    }
  }
  await refused(other, /a zip, but none of PyTorch's/);
});

Deno.test("two tensors that would have one name are refused", async () => {
  const one = tensor({ elements: 1 });
  for (
    const content of [{ "a.b": one, a: dict({ b: one }) }, { a: dict({ b: one }), "a.b": one }]
  ) {
    await refused(
      await torchZip({ pickle: pickle(dict(content)), storages: { 0: floats(1) } }),
      /it has two tensors of the name "a\.b"/,
    );
  }
});

Deno.test("names that objects have by themselves are refused", async () => {
  for (const name of ["__proto__", "constructor", "prototype"]) {
    for (const value of [tensor({ elements: 1 }), dict({ a: tensor({ elements: 1 }) })]) {
      const zip = { pickle: pickle(dict([[text(name), value]])), storages: { 0: floats(1) } };
      await refused(await torchZip(zip), new RegExp(`it has the name "${name}"`));
    }
  }
});

Deno.test("mappings without end, in themselves or again and again, are refused", async () => {
  await refused(await torchZip({ pickle: pickle("}q\0", text("a"), "h\0s") }), /more than 32 deep/);
  const deep = pickle(
    "}".repeat(0),
    ...Array.from({ length: 40 }, () => bytesOf("}", text("a"))),
    "}",
    "s".repeat(40),
  );
  await refused(await torchZip({ pickle: deep }), /more than 32 deep/);
  // Each holds the one before it twice: 2^24 of the first.
  const doubled = Array.from(
    { length: 24 },
    (_, i) => bytesOf("}(", text("a"), "h", [i], text("b"), "h", [i], "uq", [i + 1], "0"),
  );
  await refused(
    await torchZip({ pickle: pickle("}q\0" + "0", ...doubled, "h", [24]) }),
    /more than 1000000 names/,
  );
  // Lists are not looked into.
  const lists = pickle("]".repeat(50_000), "a".repeat(49_999));
  await refused(await torchZip({ pickle: lists }), /holds no names with tensors/);
});
