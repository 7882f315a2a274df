import { exists } from "@/lib/base/files.ts";

async function works(command: string, ...args: readonly string[]): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(command, { args: [...args], stderr: "null" })
      .output();
    return success;
  } catch {
    return false;
  }
}

/** Lays a small disk over a folder, which is as it was afterwards. */
export async function withSmallDisk(
  folder: string,
  bytes: number,
  body: () => Promise<void>,
): Promise<void> {
  if (!await works("mount", "-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", folder)) {
    throw new Error(`no disk can be laid over ${folder}`);
  }
  try {
    await body();
  } finally {
    await works("umount", "--lazy", folder);
  }
}

const page = 4096;

/** Fills a disk with a file, but for some pages of 4 KiB. */
export async function fillDisk(path: string, pagesLeft: number): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  let bytes = 0;
  try {
    while (true) bytes += await file.write(new Uint8Array(page));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  }
  await file.truncate(bytes - page * pagesLeft);
}

/** Whether this process may mount disks: mostly only root may, and in a container not even root. */
export const canMount: boolean = await (async () => {
  if (!await exists("/proc/mounts")) return false;
  const folder = await Deno.makeTempDir();
  try {
    await withSmallDisk(folder, page, () => Promise.resolve());
    return true;
  } catch {
    return false;
  } finally {
    await Deno.remove(folder);
  }
})();
