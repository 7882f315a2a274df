import { JSONParser } from "@streamparser/json";
import * as z from "zod";
import { InputError, messageOf } from "@/lib/base/errors.ts";

/** The ranks of iNat21, finest first. */
export const ranks = ["species", "genus", "family", "order", "class", "phylum", "kingdom"] as const;

/** A species, and how many images of it are listed. */
export interface Inat21Category {
  /** The folder of its images. */
  readonly folder: string;
  /** Its names by rank, finest first. */
  readonly path: readonly string[];
  readonly images: number;
}

/** What a json of iNat21 lists. */
export interface Inat21Listing {
  readonly categories: readonly Inat21Category[];
}

const categorySchema = z.object({
  id: z.int(),
  name: z.string().min(1),
  image_dir_name: z.string().min(1).transform((name) => name.normalize("NFC")),
  genus: z.string().min(1),
  family: z.string().min(1),
  order: z.string().min(1),
  class: z.string().min(1),
  phylum: z.string().min(1),
  kingdom: z.string().min(1),
});
const imageSchema = z.object({ file_name: z.string().min(1) });
const annotationSchema = z.object({ category_id: z.int() });

/**
 * Reads a json of iNat21 (COCO's form) piece by piece: of its millions of images only the numbers are kept.
 *
 * @throws {InputError} If it cannot be read, an entry lacks a field, an annotation names an unknown category, or images and
 * annotations do not agree.
 */
export async function readInat21Json(path: string): Promise<Inat21Listing> {
  const categories = new Map<number, z.infer<typeof categorySchema>>();
  const annotated = new Map<number, number>();
  const listed = new Map<string, number>();
  const fail = (problem: string): never => {
    throw new InputError(path, problem, "Use the json of iNat21 as published");
  };
  const add = <K>(to: Map<K, number>, key: K) => to.set(key, (to.get(key) ?? 0) + 1);
  const check = <T>(schema: z.ZodType<T>, value: unknown, what: string): T => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return fail(`${what} has no ${issue!.path.join(".")}: ${JSON.stringify(value)?.slice(0, 200)}`);
  };

  const parser = new JSONParser({
    paths: ["$.categories.*", "$.images.*", "$.annotations.*"],
    keepStack: false,
  });
  let problem: unknown;
  parser.onValue = ({ value, stack }) => {
    try {
      const list = stack[1]?.key;
      if (list === "categories") {
        const category = check(categorySchema, value, "a category");
        if (categories.has(category.id)) fail(`the category ${category.id} stands twice`);
        categories.set(category.id, category);
      } else if (list === "images") {
        const folder = check(imageSchema, value, "an image").file_name.split("/").at(-2);
        add(listed, folder?.normalize("NFC") ?? "");
      } else {
        add(annotated, check(annotationSchema, value, "an annotation").category_id);
      }
    } catch (error) {
      problem ??= error;
    }
  };
  try {
    using file = await Deno.open(path);
    for await (const piece of file.readable) {
      parser.write(piece);
      if (problem !== undefined) break;
    }
  } catch (error) {
    fail(`the json cannot be read: ${messageOf(error)}`);
  }
  if (problem !== undefined) throw problem;
  if (!parser.isEnded) fail("the json ends too early");
  if (categories.size === 0) fail("it has no categories");

  for (const id of annotated.keys()) {
    if (!categories.has(id)) fail(`an annotation has the category id ${id}, which is unknown`);
  }
  const found = [...categories.values()].sort((a, b) => a.id - b.id).map((category) => {
    const { id, image_dir_name: folder, name } = category;
    const images = listed.get(folder) ?? 0;
    const labels = annotated.get(id) ?? 0;
    if (images !== labels) {
      fail(`the category ${id} (${folder}) has ${labels} annotations and ${images} images`);
    }
    listed.delete(folder);
    const above = ranks.slice(1).map((rank) => category[rank as Exclude<typeof rank, "species">]);
    return { folder, path: [name, ...above], images };
  });
  const [stray] = listed.keys();
  if (stray !== undefined) fail(`there are images in "${stray}", which is no category's folder`);
  return { categories: found };
}
