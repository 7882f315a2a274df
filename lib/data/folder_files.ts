import { InputError } from "@/lib/base/errors.ts";
import { isHidden, type SourceFile } from "@/lib/data/source_file.ts";

/** Deeper than any layout that is read, so that a link to a folder above it comes to an end. */
const maximumDepth = 8;

/**
 * Lists the files below a folder, links followed. Hidden files and folders are left out.
 *
 * @throws {InputError} If a link leads nowhere or the folders nest too deep.
 */
export async function listFolder(folder: string): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  await visit(folder, "", files);
  return files;
}

async function visit(folder: string, prefix: string, files: SourceFile[]): Promise<void> {
  if (prefix.split("/").length > maximumDepth) {
    throw new InputError(
      `${folder}/${prefix}`,
      `folders nest more than ${maximumDepth} deep`,
      "Remove links that lead back up, and keep to train/<class>/<file>",
    );
  }
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${prefix}`)) {
    if (isHidden(name)) continue;
    const path = `${prefix}${name}`;
    if (isDirectory) {
      await visit(folder, `${path}/`, files);
      continue;
    }
    const info = await statLinked(`${folder}/${path}`);
    if (info.isDirectory) await visit(folder, `${path}/`, files);
    else if (info.isFile) files.push({ path, size: info.size });
  }
}

async function statLinked(path: string): Promise<Deno.FileInfo> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(path, "the link leads nowhere", "Mend or remove it");
  }
}
