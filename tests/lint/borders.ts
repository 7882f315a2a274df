import { relative, resolve } from "node:path";

/** Files in which values enter whose foreign types tell less or other than what they are, and why. */
export const castBorders: Readonly<Record<string, string>> = {
  "lib/run/worker_process.ts": "the types of Node's web streams are others than Deno's",
  "lib/tensor/backend.ts": "tfjs types a backend as its own class, of which few members are called",
  "lib/tensor/node_backend.ts":
    "tfjs-node types members as private, and its binding as the native addon",
};

/** Files of user rooms that throw plain errors, whose words others put into an `InputError` or list with a broken picture. */
export const plainErrors: readonly string[] = [
  "lib/data/adapters/glc20_array.ts",
  "lib/data/files/decode.ts",
  "lib/data/files/sequential_reader.ts",
  "lib/data/files/tar_files.ts",
];

/** A file's path in the project, with `/`. */
export function pathInProject(filename: string): string {
  const root = resolve(import.meta.dirname!, "../..");
  return relative(root, filename).replaceAll("\\", "/");
}
