import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { freeze } from "@/dsl/freeze.ts";
import type { Rule } from "@/dsl/rules.ts";
import { InputError } from "@/lib/base/errors.ts";

/** A mistake in what a constructor was given. */
export class DeclarationError extends InputError {
  /** The constructor's name. */
  readonly call: string;

  /** @param options What {@linkcode InputError} is told too, and the constructor's name. */
  constructor(place: string, problem: string, { call, remedy }: {
    readonly call: string;
    readonly remedy: string;
  }) {
    super(place, `${call}(): ${problem}`, remedy);
    this.call = call;
  }
}

const ownFolder = import.meta.dirname!;

// Where mistakes are noted that are collected, and experiments that are made meanwhile.
let collected:
  | { readonly mistakes: DeclarationError[]; readonly places: Map<object, () => string> }
  | null = null;

/**
 * Holds what a constructor was given against its rules. What is wrong is thrown, or noted where mistakes are collected: then the
 * constructor goes on with what it was given, and nothing of it is ever planned.
 *
 * @param call The constructor's name, for messages.
 * @param given Its `arguments`.
 * @param rules What each argument must be, by its name and in their order; fields of `options` are told by their names alone.
 * @returns Whether all is right.
 * @throws {InputError} At the line of the user's file, unless mistakes are collected.
 */
export function checked(
  call: string,
  given: ArrayLike<unknown>,
  rules: Readonly<Record<string, Rule>>,
): boolean {
  const names = Object.keys(rules);
  const wrong = names.flatMap((name, i) => rules[name]!(given[i], name === "options" ? "" : name));
  for (const { problem, remedy } of wrong) refuseCall(call, problem, remedy);
  const more = given.length - names.length;
  if (more > 0) {
    const takes = names.length === 0 ? "nothing" : names.join(", ");
    refuseCall(call, `it takes ${takes}, but was given ${more} more`, "Leave the rest out");
  }
  return wrong.length === 0 && more <= 0;
}

/**
 * Refuses what a constructor was given for what no rule of a single value can say.
 *
 * @throws {InputError} At the line of the user's file, unless mistakes are collected.
 */
export function refuseCall(call: string, problem: string, remedy: string): void {
  const mistake = new DeclarationError(placeIn(stackOfCall()), problem, { call, remedy });
  if (collected === null) throw mistake;
  collected.mistakes.push(mistake);
}

/** Whether nothing is wrong so far of what is collected: what follows from a mistake is none of its own. */
export function isSound(): boolean {
  return collected === null || collected.mistakes.length === 0;
}

/** Freezes a declaration, and remembers, while mistakes are collected, where it was made. */
export function declared<T extends object>(value: T): T {
  if (collected !== null) {
    // A stack is cheap until it is put into words.
    const stack = stackOfCall();
    collected.places.set(value, () => placeIn(stack));
  }
  return freeze(value);
}

/** What was collected. */
export interface Collected {
  readonly mistakes: readonly DeclarationError[];
  /** Where experiments, trials, claims, terms, checks and figures were declared, for who asks: `experiments/mine.ts:12`. */
  readonly places: ReadonlyMap<object, () => string>;
}

/** Does some work, such as loading files of experiments, and collects all mistakes of their declarations. */
export async function collecting(work: () => Promise<void>): Promise<Collected> {
  const own = collected = { mistakes: [], places: new Map<object, () => string>() };
  try {
    await work();
  } finally {
    collected = null;
  }
  return own;
}

function stackOfCall(): Error {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  const stack = new Error();
  Error.stackTraceLimit = limit;
  return stack;
}

/** The file and line that called a constructor: the first place on the stack that is not of the grammar itself. */
function placeIn({ stack = "" }: Error): string {
  return userPlace(stack) ?? "A declaration";
}

/** The first place on a stack that is not of the grammar itself, from the project's folder; none where there is none. */
export function userPlace(stack: string): string | undefined {
  for (const [, url, line] of stack.matchAll(/(file:\/\/.+?):(\d+):\d+\)?$/gm)) {
    // Stacks have names as they are, spaces and all, where addresses have escapes.
    const path = fileURLToPath(url!.replace(/[#?]|%(?![\da-f]{2})/gi, encodeURIComponent));
    if (!path.startsWith(`${ownFolder}/`)) return `${shownPath(path)}:${line}`;
  }
  return undefined;
}

/** A text with its addresses of files as paths. */
export function withPaths(text: string): string {
  return text.replaceAll(/file:\/\/[^\s'"]+/g, (url) => shownPath(fileURLToPath(url)));
}

/** A path as messages have it: from the project's folder, if it lies there. */
export function shownPath(path: string): string {
  const inside = relative(dirname(ownFolder), path);
  return inside.startsWith("..") ? path : inside;
}
