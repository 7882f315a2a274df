/** Whether something exists at a path. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The names of what lies in a folder, none where there is no folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/**
 * Writes a file so that a reader sees the old content or the new, never a part: temporary name, sync, rename.
 *
 * @param options.sync Whether it is to outlive a machine that loses its power, which takes a while: by default it is.
 */
export async function writeAtomic(
  path: string,
  data: string | Uint8Array,
  { sync = true }: { readonly sync?: boolean } = {},
): Promise<void> {
  const temporary = temporaryOf(path);
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  try {
    {
      using file = await Deno.open(temporary, { write: true, create: true, truncate: true });
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      if (sync) await file.sync();
    }
    await Deno.rename(temporary, path);
  } catch (error) {
    // A server's answer may be lost, and the second try then finds nothing to rename.
    if (error instanceof Deno.errors.NotFound && await holds(path, bytes)) return;
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

async function holds(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const found = await Deno.readFile(path);
    return found.length === bytes.length && found.every((byte, i) => byte === bytes[i]);
  } catch {
    return false;
  }
}

/**
 * Writes a file only if none is there, as one indivisible act: the content appears whole or not at all.
 *
 * @param text What no other caller writes, for who has to know whether the file is its own.
 * @returns Whether this call made the file.
 */
export async function createExclusive(path: string, text: string): Promise<boolean> {
  const temporary = temporaryOf(path);
  try {
    await Deno.writeTextFile(temporary, text);
    // A hard link fails when the name is taken, on NFS too, where O_EXCL alone has had bugs.
    await Deno.link(temporary, path);
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    // A server's answer may be lost, and the second try then finds what the first has made.
    return await Deno.readTextFile(path).catch(() => "") === text;
  } finally {
    await Deno.remove(temporary).catch(() => {});
  }
}

/** A name beside a path that no other call uses. */
function temporaryOf(path: string): string {
  return `${path}.${Deno.pid}.${crypto.randomUUID().slice(0, 8)}.tmp`;
}
