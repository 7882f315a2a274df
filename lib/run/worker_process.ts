import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { Outcome } from "@/lib/run/executor.ts";
import { type Answer, type Order, readAnswer } from "@/lib/run/messages.ts";

/** A worker process seen from the runner. */
export interface WorkerProcess {
  readonly pid: number;
  /** Whether it can take a step. */
  alive(): boolean;
  /** Works one step; a process that dies on the way is a failure of kind `killed`. */
  work(order: Order, onProgress: (done: number, total: number, unit: string) => void): Promise<
    Outcome
  >;
  /** Ends it, in the middle of a step too. */
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
    env: { OMP_NUM_THREADS: "1", TF_NUM_INTEROP_THREADS: "1", TF_NUM_INTRAOP_THREADS: "1" },
  }).spawn();
  const writer = child.stdin.getWriter();
  const lines = createInterface({ input: Readable.fromWeb(child.stdout as never) });
  let alive = true;
  let listener: ((answer: Answer) => void) | null = null;
  let errors = "";
  lines.on("line", (line) => {
    const answer = readAnswer(line);
    if (answer !== null) listener?.(answer);
  });
  const drained = collect(child.stderr, (text) => errors = (errors + text).slice(-4000));
  const ended = child.status.then(async (status) => {
    await drained;
    alive = false;
    return status;
  });
  return {
    pid: child.pid,
    alive: () => alive,
    async work(order, onProgress) {
      const answered = new Promise<Outcome>((resolve) => {
        listener = (answer) => {
          if (answer.type === "progress") onProgress(answer.done, answer.total, answer.unit);
          else if (answer.type !== "ready") resolve(answer);
        };
      });
      const died = ended.then((status): Outcome => ({
        type: "failed",
        kind: status.signal === null ? "bug" : "killed",
        message: `its worker process ended with ${status.signal ?? `exit code ${status.code}`}${
          status.signal === "SIGKILL" ? ", as when memory runs out: fewer --jobs take less" : ""
        }${errors === "" ? "" : `: ${errors.trim()}`}`,
      }));
      // A process that has just died refuses the order; its end tells why.
      await writer.write(new TextEncoder().encode(`${JSON.stringify(order)}\n`)).catch(() => {});
      const outcome = await Promise.race([answered, died]);
      listener = null;
      return outcome;
    },
    async stop() {
      if (alive) {
        try {
          child.kill("SIGKILL");
        } catch {
          // It ended by itself in between.
        }
      }
      await ended;
      await writer.close().catch(() => {});
    },
  };
}

async function collect(stream: ReadableStream<Uint8Array>, take: (text: string) => void) {
  for await (const text of stream.pipeThrough(new TextDecoderStream() as never)) take(String(text));
}
