import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { join } from "node:path";

/** Bytes, or text of which each letter is one. */
export type Part = string | readonly number[] | Uint8Array;

/** Some bytes, one after the other. */
export function bytesOf(...parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? Array.from(part, (letter) => letter.charCodeAt(0)) : [...part]
    ),
  );
}

const fixed = (bytes: number, value: number | bigint): readonly number[] =>
  Array.from({ length: bytes }, (_, i) => Number((BigInt(value) >> BigInt(8 * i)) & 255n));

/** A text in a pickle. */
export function text(value: string): Part {
  const bytes = new TextEncoder().encode(value);
  return bytesOf("X", fixed(4, bytes.length), bytes);
}

/** A number in a pickle, as Python's protocol 2 has it. */
export function int(value: number): Part {
  return bytesOf("J", fixed(4, BigInt.asUintN(32, BigInt(value))));
}

/** A tuple in a pickle. */
export function tuple(...items: readonly Part[]): Part {
  return bytesOf("(", ...items, "t");
}

/** A mapping in a pickle. */
export function dict(
  items: Readonly<Record<string, Part>> | readonly (readonly [Part, Part])[],
): Part {
  const pairs = Array.isArray(items)
    ? items as readonly (readonly [Part, Part])[]
    : Object.entries(items).map(([name, value]) => [text(name), value] as const);
  return bytesOf("}(", ...pairs.flat(), "u");
}

/** What names a class or a function in a pickle. */
export function named(name: string): Part {
  const dot = name.lastIndexOf(".");
  return `c${name.slice(0, dot)}\n${name.slice(dot + 1)}\n`;
}

/** A call in a pickle. */
export function call(name: string, ...given: readonly Part[]): Part {
  return bytesOf(named(name), tuple(...given), "R");
}

/** A storage in a pickle, or with `part` a part of it. */
export function storage(
  { kind = "FloatStorage", key = "0", elements, part }: {
    readonly kind?: string;
    readonly key?: string;
    readonly elements: number;
    readonly part?: Part;
  },
): Part {
  const id = [text("storage"), named(`torch.${kind}`), text(key), text("cpu"), int(elements)];
  return bytesOf(tuple(...id, ...part === undefined ? [] : [part]), "Q");
}

/** A tensor in a pickle; of its storage's elements by default, in a row. */
export function tensor(
  { offset = 0, shape, strides, ...of }: Parameters<typeof storage>[0] & {
    readonly offset?: number;
    readonly shape?: readonly number[];
    readonly strides?: readonly number[];
  },
): Part {
  const sizes = shape ?? [of.elements];
  const usual = sizes.map((_, axis) => sizes.slice(axis + 1).reduce((a, b) => a * b, 1));
  return call(
    "torch._utils._rebuild_tensor_v2",
    storage(of),
    int(offset),
    tuple(...sizes.map(int)),
    tuple(...(strides ?? usual).map(int)),
    "\x89",
    call("collections.OrderedDict"),
  );
}

/** A whole pickle of protocol 2. */
export function pickle(...parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  return bytesOf([0x80, 2], ...parts, ".");
}

/** Float32 numbers as they lie in a file. */
export function floats(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

/** What a zip of PyTorch's is made of. */
export interface TorchZip {
  readonly pickle: Uint8Array;
  readonly storages?: Readonly<Record<string, Uint8Array>>;
  /** Further files in it. */
  readonly more?: Readonly<Record<string, Uint8Array>>;
  readonly zip64?: boolean;
  /** 0 to 9; 0 by default: nothing is compressed. */
  readonly level?: number;
}

/** The bytes of a zip as PyTorch writes it. */
export async function torchZip(
  { pickle, storages = {}, more = {}, zip64 = false, level = 0 }: TorchZip,
): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { zip64, level, useWebWorkers: false });
  const files = {
    "data.pkl": pickle,
    ...more,
    ...Object.fromEntries(Object.entries(storages).map(([key, one]) => [`data/${key}`, one])),
  };
  for (const [name, bytes] of Object.entries(files)) {
    await zip.add(`archive/${name}`, new Uint8ArrayReader(bytes));
  }
  return await zip.close();
}

/** The bytes of a file as PyTorch wrote it before 1.6. */
export function torchLegacy(
  content: Uint8Array,
  storages: Readonly<Record<string, readonly [elements: number, bytes: Uint8Array]>> = {},
): Uint8Array {
  const magic = [0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
  return bytesOf(
    pickle(magic),
    pickle("M\xe9\x03"),
    pickle(dict({ protocol_version: int(1001), little_endian: "\x88" })),
    content,
    pickle("](", ...Object.keys(storages).map(text), "e"),
    ...Object.values(storages).flatMap(([elements, bytes]) => [fixed(8, elements), bytes]),
  );
}

/** Runs a test with a file of these bytes. */
export async function withFile(
  bytes: Uint8Array,
  test: (path: string) => Promise<void> | void,
  options: { readonly name?: string } = {},
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, options.name ?? "weights.pth");
    await Deno.writeFile(path, bytes);
    await test(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
