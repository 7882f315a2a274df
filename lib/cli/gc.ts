import type { ScaleName } from "@/dsl/mod.ts";
import { bytesText } from "@/lib/base/bytes_text.ts";
import { plural } from "@/lib/base/plural.ts";
import { InputError } from "@/lib/base/errors.ts";
import { dataFile } from "@/lib/cli/data_file.ts";
import { reach, type Reached } from "@/lib/cli/gc_roots.ts";
import { complain, say } from "@/lib/cli/say.ts";
import { storeLine } from "@/lib/cli/store_line.ts";
import { isQuestionId } from "@/lib/question/mod.ts";
import { shortKey } from "@/lib/results/mod.ts";
import { livePlans, plansIn, readPlan } from "@/lib/run/mod.ts";
import {
  artifactsIn,
  findGarbage,
  findStore,
  type Garbage,
  openStore,
  type Pin,
  readPins,
  removeGarbage,
  removePin,
  type Rest,
  type RestKind,
  settleLeases,
  type Standing,
  type Store,
  type Unasked,
  writePin,
} from "@/lib/store/mod.ts";

/** What `gc` is told. */
export interface GcOptions {
  /** All that there are where none is named. */
  readonly scale: readonly ScaleName[];
  readonly data: readonly string[];
  /** A YAML file that names encoders from outside. */
  readonly encoders?: string;
  readonly store: string;
  /** Experiments and keys, or beginnings of keys, to be kept from now on. */
  readonly pin: readonly string[];
  /** Those to be kept no longer. */
  readonly unpin: readonly string[];
  readonly perform: boolean;
}

/**
 * `deno task gc`: says what nothing asks for, and removes it where that is asked for.
 *
 * @param root The project's folder.
 * @throws {InputError | InputErrors} As `reach()` does; if a pin names nothing; and if it is to remove something beside a worker
 * of which it is not known what it reads.
 */
export async function gc(options: GcOptions, root: string): Promise<void> {
  const writes = options.perform || options.pin.length + options.unpin.length > 0;
  const store = await (writes ? openStore : findStore)(options.store);
  const standing = await Array.fromAsync(artifactsIn(store));
  const files = options.data.length > 0 ? options.data : [undefined];
  const data = await Promise.all(files.map((file) => dataFile(file, root)));
  const reached = await reach(standing, {
    ...{ scales: options.scale, data, store: options.store },
    ...options.encoders !== undefined && { encoders: options.encoders },
    root,
  });
  for (const line of reached.leftOut) complain(`nothing is kept for ${line}\n`);
  if (options.pin.length + options.unpin.length > 0) {
    return await changePins(store, options, { standing, reached });
  }
  say(storeLine(store));
  const pins = await readPins(store);
  const held = await settleLeases(store, { remove: options.perform });
  const plans = new Set(await livePlans(store));
  const written = (await plansIn(store)).plans;
  // No file declares a question: its plan is all that tells what it asks for.
  const questions = written.filter(({ id, head }) =>
    !plans.has(id) && head.experiments.some((one) => isQuestionId(one.id))
  );
  const known = new Set(reached.keys);
  for (const id of [...plans, ...questions.map(({ id }) => id)]) {
    for (const { step } of (await readPlan(store, id)).steps) known.add(step.key);
  }
  const keys = new Set([...known, ...held, ...pins.flatMap((pin) => pin.keys)]);
  const projects = new Map(written.map(({ id, head }) => [id, head.project]));
  const garbage = await findGarbage(store, standing, { ...reached, keys, plans, projects });
  const unknown = held.filter((key) => !known.has(key));
  for (const line of garbageLines(garbage, pins)) say(line);
  for (const id of plans) say(`plan ${id} is kept with all its steps: it has workers, or waits`);
  for (const { id, head } of questions) {
    say(`plan ${id} is kept with all its steps while it is there: ${head.command} asked for them`);
  }
  for (const key of unknown) {
    say(`step ${shortKey(key)} is held by a process, and no experiment or plan asks for it`);
  }
  const freed = bytesOf([...garbage.artifacts, ...garbage.rests]);
  if (garbage.artifacts.length + garbage.rests.length === 0) return;
  if (!options.perform) return say(`--perform removes these ${bytesText(freed)}`);
  if (unknown.length > 0) {
    throw new InputError(
      `Store ${store.root}`,
      `a process runs ${
        plural(unknown.length, "step")
      } that no experiment or plan asks for, and what it reads is not known`,
      "Wait until it is done or name its --scale, --data and --encoders; nothing was removed",
    );
  }
  const stayed = await removeGarbage(store, garbage, untilPlanned(store, plans));
  say(
    stayed.length === 0
      ? `removed ${bytesText(freed)}`
      : `removed, but for ${plural(stayed.length, "step")} that a run has begun to use meanwhile`,
  );
}

// Milliseconds between two looks at the plans of a store.
const lookEvery = 500;

/** Whether no plan has got a worker that had none: what it asks for must not go. Looked for now and then. */
function untilPlanned(store: Store, plans: ReadonlySet<string>): () => Promise<boolean> {
  let looked = -Infinity, goesOn = true;
  return async () => {
    if (!goesOn || performance.now() - looked < lookEvery) return goesOn;
    goesOn = (await livePlans(store)).every((id) => plans.has(id));
    looked = performance.now();
    return goesOn;
  };
}

// What is told of artifacts by the command that made them.
const mostCommands = 8;

function garbageLines(
  { artifacts, rests, kept }: Garbage,
  pins: readonly Pin[],
): readonly string[] {
  const keeps = [`kept: ${plural(kept.size, "artifact")}`];
  if (pins.length > 0) keeps.push(`pinned: ${pins.map(({ name }) => shortName(name)).join(", ")}`);
  if (artifacts.length + rests.length === 0) return [...keeps, "nothing would go"];
  const kindOf = ({ manifest }: Unasked) =>
    typeof manifest === "string" ? "unreadable" : manifest.kind;
  const commandOf = ({ manifest }: Unasked) =>
    typeof manifest === "string" ? "nobody knows which command" : manifest.made.command;
  const commands = groupsOf(artifacts, commandOf);
  return [
    ...keeps,
    ...artifacts.length === 0 ? [] : [
      `nothing asks for ${sizeText(artifacts, "artifact")}:`,
      ...groupsOf(artifacts, kindOf).map(([kind, some]) => `  ${kind}: ${sizeText(some, "step")}`),
      "made by",
      ...commands.slice(0, mostCommands).map(([command, some]) =>
        `  ${command}: ${sizeText(some, "step")}${lastOf(some)}`
      ),
      ...commands.length > mostCommands
        ? [`  and ${plural(commands.length - mostCommands, "more command")}`]
        : [],
    ],
    ...groupsOf(rests, ({ kind }) => kind).map(([kind, some]) =>
      `${restNames[kind as RestKind]}: ${sizeText(some, "item")}`
    ),
  ];
}

const restNames: Readonly<Record<RestKind, string>> = {
  checkpoint: "checkpoints of what nothing asks for or is done",
  log: "logs and attempts of what nothing asks for",
  plan: "plans of a month ago without workers",
  code: "code that no plan names, and what it runs with",
  temporary: "what killed processes left",
  memo: "notes of a month ago on data sets that are not in use",
  parts: "lists of code and data of a month ago that nothing names",
};

/** By a name, the largest first. */
function groupsOf<T extends Unasked | Rest>(
  all: readonly T[],
  nameOf: (one: T) => string,
): readonly (readonly [string, readonly T[]])[] {
  return [...Map.groupBy(all, nameOf)].toSorted(([, a], [, b]) => bytesOf(b) - bytesOf(a));
}

function bytesOf(all: readonly { readonly bytes: number }[]): number {
  return all.reduce((sum, { bytes }) => sum + bytes, 0);
}

function sizeText(all: readonly { readonly bytes: number }[], noun: string): string {
  return `${plural(all.length, noun)}, ${bytesText(bytesOf(all))}`;
}

/** When the last of some artifacts was made. */
function lastOf(all: readonly Unasked[]): string {
  const days = all.flatMap(({ manifest }) =>
    typeof manifest === "string" ? [] : [manifest.made.at.slice(0, 10)]
  );
  return days.length === 0 ? "" : `, the last of ${days.sort().at(-1)}`;
}

function shortName(name: string): string {
  return /^[0-9a-f]{64}$/.test(name) ? shortKey(name) : name;
}

async function changePins(
  store: Store,
  { pin, unpin }: Pick<GcOptions, "pin" | "unpin">,
  at: { readonly standing: readonly Standing[]; readonly reached: Reached },
): Promise<void> {
  const made = pin.map((word) => pinOf(word, at));
  const pins = await readPins(store);
  const gone = unpin.map((word) => {
    const found = pins.filter(({ name }) => name === word || isBeginning(word, name));
    if (found.length === 1) return found[0]!;
    throw new InputError(
      "--unpin",
      `${found.length === 0 ? "no pin is" : `${found.length} pins are`} named "${word}"`,
      pins.length === 0 ? "There are none" : `There are ${pins.map(({ name }) => name).join(", ")}`,
    );
  });
  for (const one of made) {
    await writePin(store, one);
    say(`pinned ${shortName(one.name)}: ${plural(one.keys.length, "artifact")} stay`);
  }
  for (const { name } of gone) {
    await removePin(store, name);
    say(`${shortName(name)} is pinned no longer`);
  }
}

/**
 * What a word of `--pin` keeps: of an experiment what the store holds of it, of a key that artifact.
 *
 * @throws {InputError} If it is neither an experiment nor a key, or the store holds nothing of it.
 */
function pinOf(
  word: string,
  { standing, reached }: { readonly standing: readonly Standing[]; readonly reached: Reached },
): Pin {
  const own = reached.byExperiment.get(word);
  const keys = standing.map(({ key }) => key)
    .filter((key) => own === undefined ? isBeginning(word, key) : own.has(key));
  const refuse = (problem: string) => {
    const known = [...reached.byExperiment.keys()].join(", ");
    throw new InputError("--pin", problem, `Give the first digits of a key, or one of ${known}`);
  };
  if (keys.length === 0) refuse(`the store holds nothing of "${word}"`);
  if (own === undefined && keys.length > 1) refuse(`${keys.length} keys begin with "${word}"`);
  const name = own === undefined ? keys[0]! : word;
  return { name, keys, at: new Date().toISOString() };
}

/** Whether a word is the beginning of a key, and long enough to mean it. */
function isBeginning(word: string, key: string): boolean {
  return /^[0-9a-f]{4,64}$/.test(word) && key.startsWith(word);
}
