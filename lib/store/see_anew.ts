import { dirname } from "node:path";
import { artifactFolder, type Store } from "@/lib/store/store.ts";

/**
 * Makes a network file system look anew for a step's artifact: for some while it may answer by itself that there is none, though
 * another machine has just published it. To make a folder is a question to the server.
 */
export async function seeAnew(store: Store, key: string): Promise<void> {
  const folder = artifactFolder(store, key);
  await Deno.mkdir(dirname(folder), { recursive: true });
  try {
    await Deno.mkdir(folder);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return;
    throw error;
  }
  await Deno.remove(folder).catch(() => {});
}
