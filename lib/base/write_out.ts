/** Where text can be written at once: standard output, standard error. */
export interface Sink {
  writeSync(bytes: Uint8Array): number;
}

const encoder = new TextEncoder();

/** Sinks whose reader has gone: nothing is written there any more. */
const closed = new WeakSet<Sink>();

// What the system says of a pipe without a reader, and of a terminal that was closed.
const gone: readonly unknown[] = ["EPIPE", "EIO", "EBADF", "ENXIO"];

// Milliseconds between two tries on a sink that takes nothing at the moment.
const pause = 5;

/** Writes a text whole. A reader who has gone wants no more of it, which ends the talking and nothing else. */
export function writeOut(sink: Sink, text: string): void {
  const bytes = encoder.encode(text);
  for (let at = 0; at < bytes.length && !closed.has(sink);) {
    try {
      at += sink.writeSync(bytes.subarray(at));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (gone.includes(code)) closed.add(sink);
      else if (code === "EAGAIN") wait(pause);
      else throw error;
    }
  }
}

/** Blocks: a program may have made its end of a pipe, and so ours, one that does not. */
function wait(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
