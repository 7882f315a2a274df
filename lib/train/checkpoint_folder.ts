import { InputError, messageOf } from "@/lib/base/errors.ts";
import { namesIn, writeAtomic } from "@/lib/base/files.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import {
  type Checkpoint,
  decodeCheckpoint,
  type Earlier,
  encodeCheckpoint,
} from "@/lib/train/checkpoint.ts";
import type { CheckpointOptions } from "@/lib/train/checkpoint_options.ts";
import { StoppedError } from "@/lib/train/stopped.ts";

/** A checkpoint on disk. */
export interface SavedCheckpoint {
  readonly path: string;
  /** Steps done, those of earlier trainings too. */
  readonly done: number;
}

/** How one training is saved. */
export interface Saving {
  readonly checkpoints: CheckpointFolder;
  /** The checkpoint that it goes on from. */
  readonly begun: Checkpoint | undefined;
  /** The trainings of the same work that are done; by default there are none. */
  readonly earlier?: Earlier;
}

/** Opens the checkpoints of a work that is one training. */
export async function savingIn(options: CheckpointOptions): Promise<Saving> {
  const checkpoints = checkpointFolder(options);
  return { checkpoints, begun: await checkpoints.newest() };
}

/** The checkpoints of a work. */
export interface CheckpointFolder {
  /** The newest whole checkpoint of this work, or `undefined`; damaged and foreign ones are passed over. */
  newest(): Promise<Checkpoint | undefined>;
  /** The last one found or saved. */
  last(): SavedCheckpoint | undefined;
  /** Whether it is time for the next one, or the work is to end. */
  due(now: { readonly epochEnds: boolean }): boolean;
  /**
   * Saves what `make` gives, and removes all but this checkpoint and the one before it; `null` saves nothing.
   *
   * @throws {InputError} If it cannot be written; the checkpoints that are there stay.
   */
  save(make: () => Promise<Omit<Checkpoint, "identity"> | null>): Promise<void>;
  /**
   * Ends the work where it was due because it is to end.
   *
   * @throws {StoppedError} If it is.
   */
  endIfAsked(): void;
}

// Steps done, and the SHA-256 of the file's bytes.
const namePattern = /^(\d+)-([0-9a-f]{64})\.safetensors$/;

const EVERY_SECONDS = 30, EVERY_SECONDS_OF_EPOCHS = 5;
/** The least time between checkpoints in times of the time that one takes. */
const LEAST_PAUSE = 100;

/** Opens a folder of checkpoints; there may be none yet. */
export function checkpointFolder(options: CheckpointOptions): CheckpointFolder {
  const { folder, identity, everySeconds, stop, guard } = options;
  let last: SavedCheckpoint | undefined;
  let savedAt = performance.now(), cost = 0, isEnding = false;

  return {
    async newest() {
      const names = (await namesIn(folder)).filter((name) => namePattern.test(name));
      names.sort((a, b) => doneOf(b) - doneOf(a));
      for (const name of names) {
        const checkpoint = await readWhole(folder, name);
        if (checkpoint?.identity !== identity) continue;
        last = { path: `${folder}/${name}`, done: doneOf(name) };
        return checkpoint;
      }
      return undefined;
    },

    last: () => last,

    due({ epochEnds }) {
      isEnding = stop?.aborted ?? false;
      if (isEnding) return true;
      const usual = 1000 * (epochEnds ? EVERY_SECONDS_OF_EPOCHS : EVERY_SECONDS);
      const wait = everySeconds === undefined
        ? Math.max(usual, LEAST_PAUSE * cost)
        : 1000 * everySeconds;
      return performance.now() - savedAt >= wait;
    },

    async save(make) {
      const started = performance.now();
      const made = await make();
      if (made !== null) {
        await guard?.();
        const before = last;
        last = await write(folder, { identity, ...made }, before);
        await removeOthers(folder, [last, ...before === undefined ? [] : [before]]);
      }
      savedAt = performance.now();
      cost = savedAt - started;
    },

    endIfAsked() {
      if (isEnding) throw new StoppedError();
    },
  };
}

async function write(
  folder: string,
  checkpoint: Checkpoint,
  before: SavedCheckpoint | undefined,
): Promise<SavedCheckpoint> {
  const bytes = encodeCheckpoint(checkpoint);
  const { progress } = checkpoint;
  const done = progress.earlier.steps + progress.done;
  const path = `${folder}/${done}-${sha256(bytes)}.safetensors`;
  try {
    await Deno.mkdir(folder, { recursive: true });
    await writeAtomic(path, bytes);
  } catch (error) {
    const start = before === undefined ? "the start" : `step ${before.done}`;
    throw new InputError(
      `Checkpoint folder ${folder}`,
      `the checkpoint of step ${done} cannot be written (${messageOf(error)})`,
      `Make room on the disk or mend the folder, and run the same again: it goes on from ${start}`,
    );
  }
  return { path, done };
}

/** Older and foreign checkpoints, damaged ones, and parts that a killed process left. */
async function removeOthers(folder: string, kept: readonly SavedCheckpoint[]): Promise<void> {
  for (const name of await namesIn(folder)) {
    const path = `${folder}/${name}`;
    if (!kept.some((one) => one.path === path)) await Deno.remove(path).catch(() => {});
  }
}

function doneOf(name: string): number {
  return Number(namePattern.exec(name)![1]);
}

/** A checkpoint whose bytes are those that were written, or `undefined`. */
async function readWhole(folder: string, name: string): Promise<Checkpoint | undefined> {
  try {
    const bytes = await Deno.readFile(`${folder}/${name}`);
    if (sha256(bytes) !== namePattern.exec(name)![2]) return undefined;
    return decodeCheckpoint(bytes, name);
  } catch {
    return undefined;
  }
}
