import { cutLine } from "@/lib/base/cut_line.ts";
import { duration } from "@/lib/base/duration.ts";
import { scheduledSeconds, type Step } from "@/lib/plan/mod.ts";
import type { RunEvent } from "@/lib/run/events.ts";

/** How progress is told: redrawn lines on a terminal, plain lines in a pipe, or JSON lines for a program. */
export type ProgressStyle = "live" | "plain" | "json";

/** Tells what a run is doing. */
export interface Progress {
  /** Takes what the runner reports. */
  onEvent(event: RunEvent): void;
  /** Ends the display. */
  close(): void;
}

/** What the display needs to know beforehand. */
export interface ProgressOptions {
  readonly style: ProgressStyle;
  /** The steps that will be worked, each after all that it needs. */
  readonly steps: readonly Step[];
  /**
   * Expected seconds of what is left of each step; the time left is scaled by how the first ones compare. Without them it is not
   * told: where others work too, nobody knows it.
   */
  readonly expected?: ReadonlyMap<string, number>;
  /** The share of each step that an earlier run left done; of others none is. */
  readonly begun?: ReadonlyMap<string, number>;
  /** How many steps are worked at a time. Default 1. */
  readonly jobs?: number;
  /** Which steps go first: as the runner has it. */
  readonly place?: (key: string) => number;
  /** The terminal's size now: a line that wraps or scrolls away cannot be redrawn. Default 80 by 24. */
  readonly size?: () => { readonly columns: number; readonly rows: number };
  readonly write: (text: string) => void;
  /** Milliseconds; a clock that tests can set. */
  readonly now?: () => number;
}

/** A step under way. */
interface Running {
  readonly step: Step;
  readonly since: number;
  /** The first that was heard of it: its work may go on from what an earlier process left. */
  first?: { readonly done: number; readonly at: number };
  /** Of the whole step; `undefined` while it tells nothing. */
  share?: number;
  note: string;
}

/** Failures of one kind and message. */
interface Failures {
  /** The one that was told. */
  readonly first: Step;
  more: number;
  /** Steps that need one of `more`. */
  skips: number;
}

// Plain lines about long steps come this often, in milliseconds.
const plainEvery = 15_000;

// The part of the expected work that must be done before the time left is told; how it went counts as much then as what was expected.
const enough = 0.02;

// Of the time that it takes to reckon the time left, so many times is it told before it is reckoned again.
const leftCost = 50;

// On fewer columns what is worked needs the room; and how long a bar is.
const forBars = 60, barLength = 12;

/** Makes a display of a run: steps done, rate of those under way, and the time left, of the whole run alone. */
export function makeProgress(options: ProgressOptions): Progress {
  const { style, steps, expected, write } = options;
  const { size = () => ({ columns: 80, rows: 24 }), jobs = 1, place = () => 0 } = options;
  const now = options.now ?? (() => performance.now());
  const began = now();
  const total = steps.length;
  const running = new Map<string, Running>();
  const failures = new Map<string, Failures>();
  const waiting = new Set(steps);
  let finished = 0, drawn = 0, spoke = began;
  // Of what was worked in this run: expected seconds, and those that it took.
  const worked = { expected: 0, taken: 0 };
  const cost = (step: Step) => expected?.get(step.key) ?? 1;
  const whole = steps.reduce((sum, step) => sum + cost(step), 0);
  const secondsOf = ({ since }: Running) => (now() - since) / 1000;
  /** The share that is to do of what was to do when this run began. */
  const shareLeft = ({ step, share = 0 }: Running): number =>
    (1 - share) / (1 - Math.min(options.begun?.get(step.key) ?? 0, share));

  const left = (): string => {
    const told = [...running.values()].filter(({ share }) => share !== undefined);
    const done = told.reduce(
      (sum, one) => sum + (1 - shareLeft(one)) * cost(one.step),
      worked.expected,
    );
    const rest = steps.filter((step) => waiting.has(step) || running.has(step.key));
    if (rest.length > 0 && done < enough * whole) return "";
    const taken = told.reduce((sum, one) => sum + secondsOf(one), worked.taken);
    const pace = whole === 0 ? 1 : (taken + enough * whole) / (done + enough * whole);
    const seconds = new Map(rest.map((step) => {
      const one = running.get(step.key), all = pace * cost(step);
      if (one === undefined) return [step.key, all];
      return [
        step.key,
        one.share === undefined ? Math.max(0, all - secondsOf(one)) : all * shareLeft(one),
      ];
    }));
    const time = scheduledSeconds(rest, {
      ...{ seconds, jobs },
      place: (key) => running.has(key) ? -Infinity : place(key),
    });
    return `, about ${duration(time)} left`;
  };
  // Of many steps it takes a while to reckon, and it changes slowly.
  let leftTold = { text: "", until: -Infinity };
  const leftNow = (): string => {
    const started = now();
    if (started >= leftTold.until || finished === total) {
      const text = left(), took = now() - started;
      leftTold = { text, until: now() + leftCost * took };
    }
    return leftTold.text;
  };
  const header = () => `[${finished}/${total}]${expected === undefined ? "" : leftNow()}`;
  const clear = () => {
    if (drawn > 0) write(`\x1b[${drawn}A\x1b[J`);
    drawn = 0;
  };
  const draw = () => {
    if (style !== "live" || running.size === 0) return;
    const { columns, rows } = size();
    const barOf = ({ share }: Running) => columns < forBars ? "" : `${barText(share ?? 0)} `;
    const lines = [
      header(),
      ...[...running.values()].map((one) =>
        `  ${barOf(one)}${one.step.kind} ${one.step.label} ${one.note}`
      ),
    ].slice(0, Math.max(1, rows - 1));
    write(lines.map((line) => `${cutLine(line, columns - 1)}\n`).join(""));
    drawn = lines.length;
  };
  const say = (text: string) => {
    clear();
    write(`${text}\n`);
    draw();
  };
  const end = (step: Step) => {
    // A step that was not to be worked may turn out to be there: it is none of these.
    const isOne = running.delete(step.key) || waiting.has(step);
    waiting.delete(step);
    finished += Number(isOne);
  };

  return {
    onEvent(event) {
      const { step } = event;
      if (style === "json") {
        write(
          `${
            JSON.stringify({
              ...event,
              step: { key: step.key, kind: step.kind, label: step.label },
              ..."because" in event ? { because: event.because.key } : {},
            })
          }\n`,
        );
        return;
      }
      switch (event.type) {
        case "started":
          waiting.delete(step);
          running.set(step.key, { step, since: now(), note: "" });
          break;
        case "progress": {
          const one = running.get(step.key);
          if (one === undefined) return;
          one.share = event.done / event.total;
          const from = one.first ?? { done: 0, at: one.since };
          one.first ??= { done: event.done, at: now() };
          const seconds = Math.max((now() - from.at) / 1000, 1e-3);
          const rate = (event.done - from.done) / seconds;
          one.note = `${Math.round(100 * one.share)} % (${rate.toPrecision(3)} ${event.unit}/s)`;
          if (style === "live") {
            clear();
            draw();
          } else if (now() - spoke > plainEvery) {
            spoke = now();
            write(`${header()} ${step.kind} ${step.label}: ${one.note}\n`);
          }
          return;
        }
        case "waiting":
          // Where something else is worked meanwhile, nobody waits.
          if (running.size > 0) return;
          return say(
            `${header()} ${step.kind} ${step.label}: another process is running it, waiting`,
          );
        case "again":
          running.delete(step.key);
          waiting.add(step);
          return say(
            `${header()} ${step.kind} ${step.label}: ${event.message}; it will be tried again`,
          );
        case "given back":
          running.delete(step.key);
          waiting.add(step);
          return say(`${header()} ${step.kind} ${step.label}: stopped`);
        case "found":
          end(step);
          return;
        case "done": {
          const one = running.get(step.key);
          if (one !== undefined) {
            worked.expected += cost(step);
            worked.taken += secondsOf(one);
          }
          end(step);
          return say(`${header()} ${step.kind} ${step.label}: ${duration(event.seconds)}`);
        }
        case "failed": {
          end(step);
          const { kind, message, skips, log } = event;
          const told = failures.get(`${kind} ${message}`);
          if (told === undefined) {
            failures.set(`${kind} ${message}`, { first: step, more: 0, skips: 0 });
            return say(
              `${header()} FAILED (${kind}) ${step.kind} ${step.label}${
                needing(skips)
              }: ${message}${logLines(log)}`,
            );
          }
          told.more++;
          told.skips += skips;
          break;
        }
        case "skipped":
          // Told with the failure.
          end(step);
          return;
      }
      clear();
      draw();
    },
    close() {
      clear();
      for (const { first, more, skips } of failures.values()) {
        if (more === 0) continue;
        const steps = more === 1 ? "1 more step" : `${more} more steps`;
        write(`FAILED as ${first.kind} ${first.label} did: ${steps}${needing(skips)}\n`);
      }
      failures.clear();
    },
  };
}

/** The end of a step's log, below what is said of it. */
function logLines(log: string | undefined): string {
  return log === undefined ? "" : log.split("\n").map((line) => `\n  | ${line}`).join("");
}

/** The steps that are skipped with a failed one, in words. */
function needing(count: number): string {
  return count === 0 ? "" : ` and what needs it (${count === 1 ? "1 step" : `${count} steps`})`;
}

/** A share as a bar: "[======      ]". */
export function barText(share: number): string {
  return `[${"=".repeat(Math.floor(barLength * share)).padEnd(barLength)}]`;
}
