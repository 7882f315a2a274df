import assert from "node:assert/strict";
import { readContent } from "@/lib/data/checks/content.ts";
import { contentHash } from "@/lib/data/checks/identity.ts";
import type { DataSet, LabelledSplit, Split } from "@/lib/data/data_set.ts";
import { decodeImage } from "@/lib/data/files/decode.ts";
import type { Files } from "@/tests/data/fixtures.ts";

/** What a data set says of a split: each image's path and the name of its class, in the order of the list. */
export function labelled(data: DataSet, split: LabelledSplit): [string, string][] {
  const list = data[split];
  return Array.from({ length: list.length }, (_, i) => [
    list.file(i).path,
    data.hierarchy.leaves[list.leaves[i]!]!.name,
  ]);
}

/** Checks that every image of a split has the pixels of the file that `sourceOf` names. */
export async function assertPixels(
  data: DataSet,
  split: Split,
  sourceOf: (path: string) => Uint8Array | string | undefined,
): Promise<void> {
  for (let i = 0; i < data[split].length; i++) {
    const source = sourceOf(data[split].file(i).path);
    assert.ok(
      source instanceof Uint8Array,
      `${data[split].file(i).path} is no file that was written`,
    );
    const expected = await decodeImage({ encoded: source }, 8);
    assert.deepEqual(await decodeImage(await data.read(split, i), 8), expected);
  }
}

/** The content identity of a data set, which is closed afterwards. */
export async function hashOf(opening: Promise<DataSet>): Promise<string> {
  using data = await opening;
  return contentHash(data, await readContent(data));
}

/** The files with the last byte of one changed. */
export function withOtherByte(files: Files, path: string): Files {
  const bytes = Uint8Array.from(files[path] as Uint8Array);
  bytes[bytes.length - 1]! ^= 1;
  return { ...files, [path]: bytes };
}
