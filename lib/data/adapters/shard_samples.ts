import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import type { FileTree } from "@/lib/data/file_tree.ts";
import type { LeftOutCounter } from "@/lib/data/left_out.ts";
import { isImage, type SourceFile } from "@/lib/data/source_file.ts";

/** An image of a shard, and its class. */
export interface Sample {
  readonly file: SourceFile;
  readonly className: string;
}

const jsonSchema = z.union([
  z.object({ label: z.union([z.string(), z.int()]) }).transform(({ label }) => String(label)),
  z.object({ class: z.union([z.string(), z.int()]) }).transform((one) => String(one.class)),
]);

/**
 * The images of a shard with their classes: that of the sample's `.cls` or `.json`, or else the folder.
 *
 * @throws {InputError} If an image has neither, or a `.cls` or `.json` says no class.
 */
export async function* readSamples(
  tree: FileTree,
  leftOut: LeftOutCounter,
): AsyncGenerator<Sample> {
  const images: SourceFile[] = [];
  const said = new Map<string, SourceFile>();
  for await (const file of tree.walk()) {
    if (isImage(file.path)) images.push(file);
    else if (/\.(cls|json)$/.test(file.path)) said.set(keyOf(file.path), file);
    else leftOut.add(file.path);
  }
  // In their order, so that a compressed shard is read once more and not once an image.
  const classes = new Map<string, string>();
  for (const [key, file] of said) classes.set(key, await readClass(tree, file));
  for (const file of images) {
    const className = classes.get(keyOf(file.path)) ?? file.path.split("/").at(-2);
    if (className === undefined) {
      throw new InputError(
        `${tree.path}: ${file.path}`,
        "the image has no class",
        "Put it into a folder of its class's name, or beside a .cls or .json of its own name",
      );
    }
    yield { file, className: className.normalize("NFC") };
  }
}

/** What the files of one sample have in common: the path up to the first dot of the name. */
function keyOf(path: string): string {
  const name = path.lastIndexOf("/") + 1;
  return path.slice(0, name) + path.slice(name).split(".")[0];
}

async function readClass(tree: FileTree, file: SourceFile): Promise<string> {
  const place = `${tree.path}: ${file.path}`;
  const bytes = await tree.read(file);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).trim();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InputError(place, "the text is not UTF-8", "Write the shard again with UTF-8");
  }
  const refuse = (): never => {
    throw new InputError(
      place,
      `it says no class: ${text.slice(0, 100)}`,
      'Write a class\'s number or name, in a .json as "label" or "class"',
    );
  };
  if (file.path.endsWith(".cls")) return text === "" ? refuse() : text;
  try {
    return jsonSchema.parse(JSON.parse(text));
  } catch {
    return refuse();
  }
}
