import type * as z from "zod";
import type { DataSet } from "@/lib/data/data_set.ts";

/** What a field of a binding names. */
export type PathKind =
  /** A folder, a `.tar`, or a `.tar.gz` (`.tgz`). */
  | "tree"
  | "folder"
  | "file"
  /** Files, as a list or a single one, or as one text with `*` or a range, as shards are. */
  | "files"
  /** Tars, as a list, or as one text with `*` in the file's name or a range such as `{000..127}`. */
  | "shards";

/** How many images a world has, and the seed of its drawings; data sets on disk ignore it. */
export interface WorldSize {
  readonly train: number;
  readonly test: number;
  readonly seed: number;
}

/** A data set whose images are drawn. */
export interface Drawn {
  /** All that decides them and their labels, as plain data. */
  readonly identity: Readonly<Record<string, string | number>>;
  /** Where they come from, for people. */
  readonly source: string;
}

/** A form of data sets: what `data.yaml` says of one, and how it is opened. */
export interface Adapter<S extends z.ZodObject = z.ZodObject> {
  /** The fields; `dataset` is the literal name of the form. */
  readonly schema: S;
  /** Which fields name files. Where they are bound, paths are made absolute, shards a list of paths, and all are there. */
  readonly paths: { readonly [field: string]: PathKind };
  /**
   * Opens a data set, reading names and labels but decoding no image.
   *
   * @param size Of a world, which is empty without it.
   * @throws {InputError} If it is not of this form, naming the place, the value and the remedy.
   */
  open(binding: z.output<S>, size?: WorldSize): Promise<DataSet>;
  /** Files that it consists of and that stand below none of `paths`; absent where there are none such. */
  alsoRead?(binding: z.output<S>): Promise<readonly string[]>;
  /** What tells one from others without a look at its images; absent where these are files, which do. */
  drawn?(binding: z.output<S>, size: WorldSize): Drawn;
}

/** Lets the compiler see that the fields of an adapter fit together. */
export function adapter<S extends z.ZodObject>(parts: Adapter<S>): Adapter<S> {
  return parts;
}
