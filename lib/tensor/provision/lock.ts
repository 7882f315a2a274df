import process from "node:process";
import { createExclusive } from "@/lib/base/files.ts";

/** A lock that its holder has not touched for so many milliseconds is a dead one's, wherever that ran. */
const STALE = 60_000, TOUCH = 10_000, POLL = 300;

/**
 * Runs `body` while no other process is at the same.
 *
 * It spares work and is not what keeps data whole: after a machine sleeps, two may run at once, so that `body` must end
 * in an atomic step.
 *
 * @param path The lock file. One whose process has died is taken over.
 * @param options.onWait Called now and then while another holds it.
 */
export async function withLock<T>(
  path: string,
  options: { onWait?: () => void },
  body: () => Promise<T>,
): Promise<T> {
  const owner = JSON.stringify({ host: Deno.hostname(), pid: Deno.pid });
  while (!(await createExclusive(path, owner))) {
    if (await isDead(path)) await removeDead(path, owner);
    else {
      options.onWait?.();
      await new Promise((resolve) => setTimeout(resolve, POLL));
    }
  }
  const timer = setInterval(() => Deno.utime(path, new Date(), new Date()).catch(() => {}), TOUCH);
  try {
    return await body();
  } finally {
    clearInterval(timer);
    if (await Deno.readTextFile(path).catch(() => "") === owner) {
      await Deno.remove(path).catch(() => {});
    }
  }
}

/**
 * Removes a dead process's lock. Those who would do so exclude each other by a second file, so that none can take the lock
 * that another has just made for the dead one.
 */
async function removeDead(path: string, owner: string): Promise<void> {
  const removing = `${path}.removing`;
  if (!(await createExclusive(removing, owner))) {
    // Who died in these milliseconds must not block the lock for good.
    if (await isDead(removing)) await Deno.remove(removing).catch(() => {});
    return;
  }
  if (await isDead(path)) await Deno.remove(path).catch(() => {});
  await Deno.remove(removing).catch(() => {});
}

async function isDead(path: string): Promise<boolean> {
  const info = await Deno.stat(path).catch(() => undefined);
  if (info === undefined) return true;
  if (Date.now() - (info.mtime?.getTime() ?? 0) > STALE) return true;
  let owner: { host?: string; pid?: number };
  try {
    owner = JSON.parse(await Deno.readTextFile(path));
  } catch {
    return false;
  }
  return owner.host === Deno.hostname() && !isAlive(owner.pid ?? 0);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // No permission to signal it still means that it is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
