/**
 * A worker process: works one step after another as the runner orders, on one core, until its standard input closes,
 * which also happens when the runner dies.
 */

import process from "node:process";
import { createInterface } from "node:readline";
import { InputError } from "@/lib/base/errors.ts";
import { isHeld, LeaseLostError } from "@/lib/base/lease.ts";
import { writeOut } from "@/lib/base/write_out.ts";
import { gather, kinds, type Step, type StepKind, type StepOf } from "@/lib/plan/mod.ts";
import { failureIn, failureOf } from "@/lib/run/failure.ts";
import { identityOf } from "@/lib/run/job.ts";
import { machineFacts } from "@/lib/run/machine.ts";
import { type Answer, type Order, readOrder, stopLine } from "@/lib/run/messages.ts";
import { clearUnderWay, scratchOf, underWayIn, writeNote } from "@/lib/run/under_way.ts";
import { works } from "@/lib/run/works.ts";
import {
  artifactFolder,
  findArtifact,
  type Manifest,
  putArtifact,
  type Store,
} from "@/lib/store/mod.ts";
import { StoppedError } from "@/lib/train/stopped.ts";

function answer(message: Answer): void {
  writeOut(Deno.stdout, `${JSON.stringify(message)}\n`);
}

/** Works one step and puts its artifact into the store. */
async function obey<K extends StepKind>(
  step: StepOf<K>,
  order: Order,
  stop: AbortSignal,
): Promise<number> {
  const { code, command, claim } = order;
  // The runner has opened it.
  const store = { root: order.store };
  const started = performance.now();
  const at = new Date().toISOString();
  const { work, filesRead } = await works[step.kind].load();
  const needs = await readNeeds(store, order.step, filesRead);
  const folders = Object.entries(step.needs).map(([name, key]) => [
    name,
    artifactFolder(store, key),
  ]);
  const inputs = gather(kinds[step.kind].needs, Object.fromEntries(folders));
  const { key } = step, { engine } = order;
  const identity = identityOf({ key, code, needs, engine });
  const behind = (await underWayIn(store, { key, identity: () => identity }))?.seconds ?? 0;
  const seconds = () => behind + (performance.now() - started) / 1000;
  const notes = noting((done, total) =>
    writeNote(store, key, { identity, engine, done, total, seconds: seconds() })
  );
  const guard = async () => {
    if (!await isHeld(claim)) throw new LeaseLostError(claim);
  };
  const make = async (out: string) => {
    const info = await work({
      step,
      inputs,
      out,
      saving: { folder: scratchOf(store, key), identity, stop, guard },
      binding: order.binding,
      weights: order.weights,
      world: order.world,
      engine,
      progress: throttled((done, total, unit) => {
        answer({ type: "progress", done, total, unit });
        notes.take(done, total);
      }),
    });
    const machine = await machineFacts();
    const made = { at, seconds: seconds(), host: Deno.hostname(), machine, command };
    const spec = { ...step.spec };
    return { key: step.key, kind: step.kind, spec, needs, code, info, made };
  };
  try {
    const manifest = await putArtifact(store, step.key, make, { guard });
    await notes.end();
    await clearUnderWay(store, key);
    return manifest.made.seconds;
  } catch (error) {
    // It is told exactly how far it is: by that, whoever goes on with it knows that it came further.
    if (error instanceof StoppedError) await notes.endWithLast();
    // Who has taken the step over clears away what this one had under way.
    else if (!await isHeld(claim).catch(() => true)) throw new LeaseLostError(claim);
    throw error;
  }
}

/** The verified content of everything that a step reads; of some inputs these files alone are verified. */
async function readNeeds(
  store: Store,
  step: Step,
  filesRead: { readonly [name: string]: readonly string[] | undefined } = {},
): Promise<Manifest["needs"]> {
  const needs: Record<string, { key: string; content: string }> = {};
  for (const [name, key] of Object.entries(step.needs)) {
    const found = await findArtifact(store, key, filesRead[name]);
    if (found.state !== "cached") {
      throw new InputError(
        `Step ${step.label}`,
        `its input ${name} (${key.slice(0, 12)}) is ${found.state}`,
        "Run the same command again: the input will be made again",
        { kind: "input gone" },
      );
    }
    needs[name] = { key, content: found.manifest.content };
  }
  return needs;
}

// Milliseconds between notes of how far a work is: less than between its checkpoints.
const noteEvery = 2000;

/** Writes a note now and then, one at a time. */
function noting(write: (done: number, total: number) => Promise<void>): {
  take(done: number, total: number): void;
  /** Waits for the one that is being written. */
  end(): Promise<void>;
  /** The same, and writes the last that was taken. */
  endWithLast(): Promise<void>;
} {
  let last = performance.now(), writing: Promise<void> | undefined;
  let taken: readonly [number, number] | undefined;
  return {
    take(done, total) {
      taken = [done, total];
      const now = performance.now();
      if (writing !== undefined || now - last < noteEvery) return;
      last = now;
      writing = write(done, total).finally(() => writing = undefined);
    },
    end: async () => await writing,
    async endWithLast() {
      await writing;
      if (taken !== undefined) await write(...taken);
    },
  };
}

/** Lets through a few reports a second, and the last. */
function throttled(
  report: (done: number, total: number, unit: string) => void,
): (done: number, total: number, unit: string) => void {
  let last = -Infinity;
  return (done, total, unit) => {
    const now = performance.now();
    if (now - last < 250 && done < total) return;
    last = now;
    report(done, total, unit);
  };
}

/** Works a step, and says how it ended. */
async function answerTo(order: Order, stop: AbortSignal): Promise<Answer> {
  try {
    return { type: "done", seconds: await obey(order.step, order, stop) };
  } catch (error) {
    if (error instanceof StoppedError) return { type: "given back" };
    if (error instanceof LeaseLostError) return { type: "lost" };
    return { type: "failed", ...failureIn(order.step, failureOf(error, order.store)) };
  }
}

if (import.meta.main) {
  // What a terminal or a batch system tells every process of a job: who started this one alone decides what becomes of it.
  const others = Deno.build.os === "windows" ? [] : ["SIGTERM", "SIGUSR1"] as const;
  for (const signal of ["SIGINT", "SIGHUP", ...others] as const) {
    Deno.addSignalListener(signal, () => {});
  }
  answer({ type: "ready" });
  const stop = new AbortController();
  let work = Promise.resolve();
  const lines = createInterface({ input: process.stdin });
  // A runner that died closes our input while a step is under way: stop at once, nothing unfinished is kept.
  lines.on("close", () => Deno.exit(0));
  lines.on("line", (line) => {
    if (line === stopLine) return stop.abort();
    const order = readOrder(line);
    work = work.then(async () => answer(await answerTo(order, stop.signal)));
  });
}
