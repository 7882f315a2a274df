import { createHash } from "node:crypto";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { namesIn } from "@/lib/base/files.ts";
import { linesOf } from "@/lib/base/lines.ts";
import { sha256File } from "@/lib/base/sha256.ts";
import { wordsOf } from "@/lib/base/system_errors.ts";
import type { Binding, WorldSize } from "@/lib/data/mod.ts";
import type { HeldBytes, Step } from "@/lib/plan/mod.ts";
import type { Engine, WeightsFile } from "@/lib/run/job.ts";
import type { Store } from "@/lib/store/mod.ts";

/** What a plan in a store was made of, and what its workers have to know beside its steps. */
export interface PlanHead {
  /** Of the file: see {@linkcode planForm}. */
  readonly form: number;
  /** In the order in which they were named. */
  readonly experiments: readonly { readonly id: string; readonly title: string }[];
  readonly scale: string;
  /** All that the command was given of what decides the steps: seeds, figures, precision and so on. */
  readonly options: { readonly [name: string]: unknown };
  /** The command that redoes the study. */
  readonly command: string;
  /** How its work is computed unless a worker is told otherwise; a device of `null` is each worker's own choice. */
  readonly engine: Omit<Engine, "device"> & { readonly device: string | null };
  /** Whether artifacts that other code made are kept. */
  readonly trustCode: boolean;
  readonly world: WorldSize;
  /** The data set of each identity, with absolute paths. */
  readonly bindings: { readonly [dataset: string]: Binding };
  /** The file of weights of each SHA-256; absent where there is none. */
  readonly weights?: { readonly [sha256: string]: WeightsFile };
  /** The folder of the code that made it: a project's, or one that holds a frozen copy. */
  readonly project: string;
}

/** A step of a plan, and what is expected of it: of the step as a whole, whatever of it is done already. */
export interface PlannedStep {
  readonly step: Step;
  /** The fingerprint of the code that works it. */
  readonly code: string;
  /** Expected seconds on one core, by the cost model. */
  readonly seconds: number;
  /** Steps with a lower number go first, so that experiments complete one by one. */
  readonly place: number;
  /** Expected bytes in the store. */
  readonly bytes: number;
  /** Bytes of memory that it is expected to hold at once. */
  readonly memory: HeldBytes;
  /** The experiments that stand on it, by their numbers in the head. */
  readonly of: readonly number[];
}

/** What is written. */
export interface PlanContent {
  readonly head: PlanHead;
  /** Each after all that it needs. */
  readonly steps: Iterable<PlannedStep>;
}

/** A plan that lies in a store. */
export interface StoredPlan {
  readonly id: string;
  readonly head: PlanHead;
  /** Each after all that it needs. */
  readonly steps: readonly PlannedStep[];
}

/** The form of the file; raised when it changes. */
export const planForm = 2;

// Of the SHA-256 of the file.
const idLength = 16;
const idPattern = /^[0-9a-f]{16}$/;
const fileName = "plan.jsonl";

// Characters that are written at a time.
const pieceLength = 1 << 20;

/** The folder of a plan: the file itself, and what its workers note. */
export function planFolder(store: Store, id: string): string {
  return `${store.root}/plans/${id}`;
}

/**
 * Writes a plan into a store: a line for its head, and one for each step. What it is called follows from what it says, so that
 * the same plan written again is the same plan.
 *
 * @returns Its id.
 */
export async function writePlan(store: Store, { head, steps }: PlanContent): Promise<string> {
  const folder = `${store.root}/plans`;
  await Deno.mkdir(folder, { recursive: true });
  const temporary = `${folder}/${crypto.randomUUID()}.tmp`;
  try {
    const hash = await writeLines(temporary, linesOfPlan(head, steps));
    const id = hash.slice(0, idLength), place = `${folder}/${id}/${fileName}`;
    await Deno.mkdir(`${folder}/${id}`, { recursive: true });
    // A worker may just be reading it: only a damaged one is replaced.
    if (await sha256File(place).catch(() => "") !== hash) await Deno.rename(temporary, place);
    return id;
  } finally {
    await Deno.remove(temporary).catch(() => {});
  }
}

function* linesOfPlan(head: PlanHead, steps: Iterable<PlannedStep>): Generator<string> {
  yield canonicalJson(head);
  for (const step of steps) yield canonicalJson(step);
}

/** Writes lines, and gives the SHA-256 of the file. */
async function writeLines(path: string, lines: Iterable<string>): Promise<string> {
  const hash = createHash("sha256"), encoder = new TextEncoder();
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  let piece = "";
  const flush = async () => {
    const bytes = encoder.encode(piece);
    piece = "";
    hash.update(bytes);
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
  };
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length >= pieceLength) await flush();
  }
  await flush();
  await file.sync();
  return hash.digest("hex");
}

/**
 * Reads a plan of a store.
 *
 * @param id Its id, or the first digits of it where they are no other's.
 * @throws {InputError} If there is no such plan, or it is damaged or of another form.
 */
export async function readPlan(store: Store, id: string): Promise<StoredPlan> {
  const found = await planNamed(store, id);
  const path = `${planFolder(store, found)}/${fileName}`;
  const hash = createHash("sha256");
  let head: PlanHead | undefined;
  const steps: PlannedStep[] = [];
  try {
    for await (const line of linesOf(path, (bytes) => hash.update(bytes))) {
      if (head === undefined) head = headIn(line, path);
      else steps.push(JSON.parse(line));
    }
  } catch (error) {
    // A file that is cut or changed is no JSON either.
    if (!(error instanceof SyntaxError)) throw error;
    throw damaged(path, messageOf(error));
  }
  if (head === undefined || hash.digest("hex").slice(0, idLength) !== found) {
    throw damaged(path, "it does not have the bytes it was written with");
  }
  return { id: found, head, steps };
}

/** The plans of a store, as far as their heads tell. */
export interface FoundPlans {
  /** The one that was written last first. */
  readonly plans: readonly { readonly id: string; readonly head: PlanHead; readonly at: Date }[];
  /** Of each that cannot be read, by its id, why: it is damaged, or of another version. */
  readonly unread: ReadonlyMap<string, InputError>;
}

/** Looks for the plans of a store; one that is just being written is none yet. */
export async function plansIn(store: Store): Promise<FoundPlans> {
  const plans: FoundPlans["plans"][number][] = [];
  const unread = new Map<string, InputError>();
  for (const id of await idsIn(store)) {
    const path = `${planFolder(store, id)}/${fileName}`;
    try {
      const at = (await Deno.stat(path)).mtime ?? new Date(0);
      plans.push({ id, head: await readHead(path), at });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) continue;
      unread.set(id, error instanceof InputError ? error : damaged(path, wordsOf(error)));
    }
  }
  return { plans: plans.toSorted((a, b) => b.at.getTime() - a.at.getTime()), unread };
}

async function readHead(path: string): Promise<PlanHead> {
  for await (const line of linesOf(path)) return headIn(line, path);
  throw damaged(path, "it is empty");
}

function headIn(line: string, path: string): PlanHead {
  const head = JSON.parse(line) as PlanHead;
  if (head.form === planForm) return head;
  throw new InputError(
    path,
    `its format is ${head.form}, and this version reads format ${planForm}`,
    "Use the version that wrote it, or have it written again",
  );
}

function damaged(path: string, why: string): InputError {
  return new InputError(
    path,
    `the plan is damaged (${why})`,
    "Run the command that wrote it again: it is written again, and finished steps are kept",
  );
}

async function idsIn({ root }: Store): Promise<readonly string[]> {
  return (await namesIn(`${root}/plans`)).filter((name) => idPattern.test(name)).sort();
}

/** The whole id of a plan. */
async function planNamed(store: Store, id: string): Promise<string> {
  // By its path first: a listing may lag behind what another machine has just written.
  if (idPattern.test(id)) {
    const file = await Deno.stat(`${planFolder(store, id)}/${fileName}`).catch(() => undefined);
    if (file !== undefined) return id;
  }
  const known = await idsIn(store);
  const found = known.filter((one) => id !== "" && one.startsWith(id));
  if (found.length === 1) return found[0]!;
  throw new InputError(
    "--plan",
    found.length === 0
      ? `there is no plan "${id}" in the store ${store.root}`
      : `"${id}" is the beginning of ${found.length} plans' names`,
    known.length === 0 ? "deno task reproduce writes one" : `Name one of ${known.join(", ")}`,
  );
}
