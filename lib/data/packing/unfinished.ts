import { namesIn, writeAtomic } from "@/lib/base/files.ts";
import { type Journal, journalName, readJournal } from "@/lib/data/packing/pack_writer.ts";

/** Packs under way of one step. */
export interface Unfinished {
  /** A folder of theirs alone, in which each writing has one of its own. */
  readonly folder: string;
  /** What is being written, in one word. */
  readonly identity: string;
}

/**
 * Makes a folder for a writing, with a copy of what the furthest earlier one of the same identity came to; the others go.
 *
 * A copy and not the folder itself, because its writer may be at it still: after a machine has slept it does not know yet that
 * its step has been taken over.
 */
export async function takeUp({ folder, identity }: Unfinished): Promise<string> {
  const own = `${folder}/${crypto.randomUUID()}`;
  const others = (await namesIn(folder)).map((name) => `${folder}/${name}`);
  await Deno.mkdir(own, { recursive: true });
  const begun = await furthest(others, identity);
  if (begun !== undefined) await copyWriting(begun, own);
  for (const other of others) await Deno.remove(other, { recursive: true }).catch(() => {});
  return own;
}

interface Begun {
  readonly folder: string;
  readonly journal: Journal;
}

async function furthest(folders: readonly string[], identity: string): Promise<Begun | undefined> {
  const found: Begun[] = [];
  for (const folder of folders) {
    const journal = await readJournal(`${folder}/${journalName}`, identity);
    if (journal !== undefined) found.push({ folder, journal });
  }
  return found.sort((a, b) => offeredIn(b) - offeredIn(a))[0];
}

function offeredIn({ journal: { offered } }: Begun): number {
  return offered.train + offered.test + offered.unlabelled;
}

/** Copies the files, and the journal last, as it was before them: they hold what it says, and maybe more. */
async function copyWriting({ folder, journal }: Begun, own: string): Promise<void> {
  try {
    for (const name of await namesIn(folder)) {
      if (name.startsWith(journalName)) continue;
      await Deno.copyFile(`${folder}/${name}`, `${own}/${name}`);
    }
  } catch (error) {
    // Its writer has just finished and moved them away: this one begins anew.
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  await writeAtomic(`${own}/${journalName}`, JSON.stringify(journal));
}
