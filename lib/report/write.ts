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
  const paths: string[] = [];
  // One after the other, so that none is still on its way when one has failed.
  for (const [name, content] of Object.entries(files)) {
    const path = `${folder}/${name}`;
    await writeAtomic(path, content);
    paths.push(path);
  }
  return paths;
}
