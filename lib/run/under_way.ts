import * as z from "zod";
import { namesIn, writeAtomic } from "@/lib/base/files.ts";
import type { Step, UnderWay } from "@/lib/plan/mod.ts";
import { type Engine, identityOf } from "@/lib/run/job.ts";
import type { BackendName } from "@/lib/tensor/backend_name.ts";
import { deviceClass } from "@/lib/tensor/device.ts";
import { findHead, type Manifest, type StatusOptions, type Store } from "@/lib/store/mod.ts";

const engine = z.strictObject({
  backend: z.custom<BackendName>((value) => typeof value === "string"),
  device: z.string(),
  check: z.boolean(),
});

const note = z.strictObject({
  identity: z.string(),
  engine,
  done: z.number(),
  total: z.number().positive(),
  seconds: z.number(),
});

/** What a worker notes of a work under way, beside the folder of its checkpoints. */
export interface Note extends z.output<typeof note> {
  readonly engine: Engine;
}

/** The folder for a step's work under way: its checkpoints, or the part of its files that is made. */
export function scratchOf(store: Store, key: string): string {
  return `${store.root}/checkpoints/${key}`;
}

function noteOf(store: Store, key: string): string {
  return `${scratchOf(store, key)}.json`;
}

/** Notes how far a work is; a note that cannot be written costs nothing but a time told too short. */
export async function writeNote(store: Store, key: string, told: Note): Promise<void> {
  await writeAtomic(noteOf(store, key), JSON.stringify(told)).catch(() => {});
}

/** What was last noted of a step's work, if anything was. */
export async function readNote(store: Store, key: string): Promise<Note | undefined> {
  try {
    return note.parse(JSON.parse(await Deno.readTextFile(noteOf(store, key))));
  } catch {
    return undefined;
  }
}

/** Whether something is kept of a step's work that another engine than this began, and this would not go on from. */
export async function isBegunElsewhere(
  store: Store,
  key: string,
  engine: Engine,
): Promise<boolean> {
  const told = await readNote(store, key);
  if (told === undefined) return false;
  const { backend, device } = told.engine;
  return backend !== engine.backend || deviceClass(device) !== deviceClass(engine.device);
}

/** Clears away what a step had under way, when it is done: its note too, and what a killed worker left of one. */
export async function clearUnderWay(store: Store, key: string): Promise<void> {
  const folder = `${store.root}/checkpoints`;
  for (const name of (await namesIn(folder)).filter((name) => name.startsWith(key))) {
    await Deno.remove(`${folder}/${name}`, { recursive: true }).catch(() => {});
  }
}

/**
 * How far a work is of which something is kept that it goes on from; nothing where its note is of another identity, which would
 * not be gone on from.
 */
export async function underWayIn(
  store: Store,
  { key, identity }: { readonly key: string; readonly identity: (engine: Engine) => string },
): Promise<UnderWay | undefined> {
  const told = await readNote(store, key);
  if (told === undefined || told.identity !== identity(told.engine)) return undefined;
  const done = doneIn(await namesIn(scratchOf(store, key)), told);
  // A note is written between checkpoints too, so that it may be of a later moment than the last of them.
  return done === 0 || told.done === 0
    ? undefined
    : { share: done / told.total, seconds: told.seconds * done / told.done };
}

/**
 * How far each of some steps is of which a checkpoint is kept that its work would go on from: one of the same recipe, code and
 * inputs. That it will be computed where it was begun is taken for granted.
 */
export async function underWayOf(
  steps: readonly Step[],
  store: Store,
  { code }: Pick<StatusOptions, "code">,
): Promise<ReadonlyMap<string, UnderWay>> {
  const kept = new Set(await namesIn(`${store.root}/checkpoints`));
  const found = new Map<string, UnderWay>();
  for (const step of steps.filter(({ key }) => kept.has(key))) {
    const { key } = step;
    const needs = await needsIn(store, step);
    if (needs === undefined) continue;
    const identity = (engine: Engine) => identityOf({ key, code: code(step), needs, engine });
    const one = await underWayIn(store, { key, identity });
    if (one !== undefined) found.set(key, one);
  }
  return found;
}

/** What a step reads, as its work would find it; nothing where some of it has to be made first. */
async function needsIn(store: Store, step: Step): Promise<Manifest["needs"] | undefined> {
  const needs: Record<string, Manifest["needs"][string]> = {};
  for (const [name, key] of Object.entries(step.needs)) {
    const need = await findHead(store, key);
    if (need.state !== "cached") return undefined;
    needs[name] = { key, content: need.manifest.content };
  }
  return needs;
}

// What a checkpoint of lib/train is called; an ingest's files have other names.
const checkpointName = /^(\d+)-[0-9a-f]{64}\.safetensors$/;

/** How far the newest checkpoint is, or what else is kept. */
function doneIn(names: readonly string[], { done, total }: Note): number {
  const saved = names.flatMap((name) => checkpointName.exec(name)?.[1] ?? []).map(Number);
  const kept = saved.length > 0 ? Math.max(...saved) : names.length > 0 ? done : 0;
  return Math.min(kept, total);
}
