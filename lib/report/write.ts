import { writeAtomic } from "@/lib/base/files.ts";

/**
 * Writes files into a folder, making it where there is none; a reader never sees a part of one.
 *
 * @returns Their paths.
 */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<readonly string[]> {
  await Deno.mkdir(folder, { recursive: true });
  return await Promise.all(
    Object.entries(files).map(async ([name, content]) => {
      const path = `${folder}/${name}`;
      await writeAtomic(path, content);
      return path;
    }),
  );
}
