import { JSONParser } from "@streamparser/json";
import * as z from "zod";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { unreadable } from "@/lib/base/text_lines.ts";

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
const imageSchema = z.object({ id: z.int(), file_name: z.string().min(1) });
const annotationSchema = z.object({ image_id: z.int(), category_id: z.int() });

/** Images of a folder that a json lists. */
interface Listed {
  readonly folder: string;
  /** The first file name, as it stands. */
  readonly example: string;
  images: number;
}

/**
 * Reads a json of iNat21 (COCO's form) piece by piece: of its millions of images only the numbers are kept.
 *
 * @throws {InputError} If it cannot be read, an entry lacks a field or stands twice, an annotation names an unknown category
 * or image, or images and annotations do not agree.
 */
export async function readInat21Json(path: string): Promise<Inat21Listing> {
  const categories = new Map<number, z.infer<typeof categorySchema>>();
  const listed = new Map<string, Listed>();
  const folderOfImage = new Map<number, Listed>();
  const categoryOfImage = new Map<number, number>();
  const fail = (problem: string, remedy = "Use the json of iNat21 as published"): never => {
    throw new InputError(path, problem, remedy);
  };
  const check = <T>(schema: z.ZodType<T>, value: unknown, what: string): T => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const field = parsed.error.issues[0]!.path.join(".");
    return fail(
      `${what} has no ${field}: ${JSON.stringify(value)?.slice(0, 200)}`,
      field === "image_dir_name"
        ? "Use the json of iNat21 as published; that of iNat2017, 2018 or 2019 has no such field, and its images can be sorted into an image-folder"
        : undefined,
    );
  };

  function addCategory(value: unknown): void {
    const category = check(categorySchema, value, "a category");
    if (categories.has(category.id)) fail(`the category ${category.id} occurs twice`);
    categories.set(category.id, category);
  }

  function addImage(value: unknown): void {
    const { id, file_name: name } = check(imageSchema, value, "an image");
    if (name.includes("\\")) {
      fail(
        `the image ${id} has the file_name ${name}, with backslashes`,
        "Write slashes between folders, as published",
      );
    }
    if (folderOfImage.has(id)) fail(`the image id ${id} occurs twice, the second time for ${name}`);
    const folder = name.split("/").at(-2)?.normalize("NFC") ?? "";
    const known = listed.get(folder) ?? { folder, example: name, images: 0 };
    known.images++;
    listed.set(folder, known);
    folderOfImage.set(id, known);
  }

  function addAnnotation(value: unknown): void {
    const { image_id: image, category_id: id } = check(annotationSchema, value, "an annotation");
    if (categoryOfImage.has(image)) fail(`the image ${image} has two annotations`);
    categoryOfImage.set(image, id);
  }

  await readEntries(path, {
    categories: addCategory,
    images: addImage,
    annotations: addAnnotation,
  });
  if (folderOfImage.size > 0 && categoryOfImage.size === 0) {
    fail(
      `it lists ${folderOfImage.size} images and no annotations, as the json of the test set does`,
      "Use train.json, train_mini.json or val.json",
    );
  }
  if (categories.size === 0) fail("it has no categories");
  const known = new Set([...categories.values()].map((category) => category.image_dir_name));
  for (const { folder, example } of listed.values()) {
    if (known.has(folder)) continue;
    fail(
      `there are images in "${folder}", which is not the folder of a category, such as ${example}`,
    );
  }
  for (const [image, id] of categoryOfImage) {
    const category = categories.get(id);
    if (category === undefined) {
      return fail(`an annotation has the category id ${id}, which is unknown`);
    }
    const found = folderOfImage.get(image);
    if (found === undefined) {
      return fail(`an annotation has the image id ${image}, which is unknown`);
    }
    if (found.folder === category.image_dir_name) continue;
    fail(
      `the annotation of image ${image} gives the category ${id} (${category.image_dir_name}), but the image is in "${found.folder}", such as ${found.example}`,
    );
  }
  for (const [image, { folder }] of folderOfImage) {
    if (!categoryOfImage.has(image)) fail(`the image ${image} (of ${folder}) has no annotation`);
  }
  const found = [...categories.values()].sort((a, b) => a.id - b.id).map((category) => {
    const { id, image_dir_name: folder, name } = category;
    if (!known.delete(folder)) {
      fail(`the folder ${folder} is that of two categories, one being ${id}`);
    }
    const above = ranks.slice(1).map((rank) => category[rank as Exclude<typeof rank, "species">]);
    return { folder, path: [name, ...above], images: listed.get(folder)?.images ?? 0 };
  });
  return { categories: found };
}

/** Hands on the entries of a json's lists, one after another. */
async function readEntries(
  path: string,
  lists: Readonly<Record<"categories" | "images" | "annotations", (value: unknown) => void>>,
): Promise<void> {
  const parser = new JSONParser({
    paths: Object.keys(lists).map((name) => `$.${name}.*`),
    keepStack: false,
  });
  let problem: unknown;
  parser.onValue = ({ value, stack }) => {
    try {
      lists[stack[1]!.key as keyof typeof lists](value);
    } catch (error) {
      problem ??= error;
    }
  };
  const refuse = (what: string): never => {
    throw new InputError(path, what, "Use the json of iNat21 as published");
  };
  const file = await Deno.open(path).catch((error) => {
    throw unreadable(path, error);
  });
  try {
    for await (const piece of file.readable) {
      parser.write(piece);
      if (problem !== undefined) break;
    }
  } catch (error) {
    refuse(`the json cannot be read: ${messageOf(error)}`);
  }
  if (problem !== undefined) throw problem;
  if (!parser.isEnded) refuse("the json ends too early");
}
