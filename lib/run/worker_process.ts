import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { type Answer, type Order, readAnswer, stopLine } from "@/lib/run/messages.ts";
import type { Failure } from "@/lib/run/failure.ts";

/** How a worker process ended with an order. */
export type WorkerOutcome =
  | Exclude<Answer, { readonly type: "ready" | "progress" }>
  /** The process is gone. */
  | ({ readonly type: "died" } & Failure);

/** Told while an order is worked. */
export interface OrderListener {
  onProgress(done: number, total: number, unit: string): void;
  /** What the process writes beside its answers. */
  onWritten(text: string): void;
}

/** A worker process seen from who started it. */
export interface WorkerProcess {
  readonly pid: number;
  /** Whether it can take a step. */
  alive(): boolean;
  /** Works one step. */
  work(order: Order, listener: OrderListener): Promise<WorkerOutcome>;
  /** Asks it to stop the step under way at a checkpoint. */
  askToStop(): Promise<void>;
  /** Ends it, in the middle of a step too. */
  kill(): void;
  /** The same, and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a worker process.
 *
 * @param root The project's folder.
 */
export function startWorker(root: string): WorkerProcess {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--frozen",
      "--config",
      `${root}/deno.json`,
      "-A",
      `${root}/lib/run/worker.ts`,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    // One core a process: many steps are independent, and results must not depend on the number of cores.
    env: {
      OMP_NUM_THREADS: "1",
      TF_NUM_INTEROP_THREADS: "1",
      TF_NUM_INTRAOP_THREADS: "1",
      // What it writes is read by programs, and kept in logs.
      NO_COLOR: "1",
    },
  }).spawn();
  const writer = child.stdin.getWriter();
  const lines = createInterface({ input: Readable.fromWeb(child.stdout as never) });
  let alive = true;
  let listener: ((answer: Answer) => void) | null = null;
  let onWritten: OrderListener["onWritten"] = () => {};
  lines.on("line", (line) => {
    const answer = readAnswer(line);
    if (answer !== null) listener?.(answer);
  });
  const drained = collect(child.stderr, (text) => onWritten(text));
  const ended = child.status.then(async (status) => {
    await drained;
    alive = false;
    return status;
  });
  // A process that has just died takes no line; its end tells why.
  const send = (line: string) =>
    writer.write(new TextEncoder().encode(`${line}\n`)).catch(() => {});
  const kill = () => {
    if (!alive) return;
    try {
      child.kill("SIGKILL");
    } catch {
      // It ended by itself in between.
    }
  };
  return {
    pid: child.pid,
    alive: () => alive,
    async work(order, { onProgress, ...others }) {
      onWritten = others.onWritten;
      const answered = new Promise<WorkerOutcome>((resolve) => {
        listener = (answer) => {
          if (answer.type === "progress") onProgress(answer.done, answer.total, answer.unit);
          else if (answer.type !== "ready") resolve(answer);
        };
      });
      const died = ended.then(({ signal, code }): WorkerOutcome => ({
        type: "died",
        kind: signal === null ? "bug" : "killed",
        message: `its worker process ended with ${signal ?? `exit code ${code}`}${
          signal === "SIGKILL" ? ", as happens when memory runs out: fewer --jobs need less" : ""
        }`,
      }));
      await send(JSON.stringify(order));
      const outcome = await Promise.race([answered, died]);
      listener = null;
      return outcome;
    },
    askToStop: () => send(stopLine),
    kill,
    async stop() {
      kill();
      await ended;
      await writer.close().catch(() => {});
    },
  };
}

async function collect(stream: ReadableStream<Uint8Array>, take: (text: string) => void) {
  for await (const text of stream.pipeThrough(new TextDecoderStream() as never)) take(String(text));
}
