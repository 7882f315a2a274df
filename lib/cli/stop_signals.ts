import process from "node:process";

/** The signals that ask a run to stop, by the name and the number that its exit code tells. */
const signals = { SIGINT: 2, SIGHUP: 1, SIGTERM: 15 } as const;

/** Listens until it is disposed of. */
export interface StopSignals extends Disposable {
  /** Aborts at the first signal that asks to stop: a key pressed, the terminal closed, a batch system. */
  readonly signal: AbortSignal;
  /** What a program exits with that such a signal has ended. */
  exitCode(): number;
}

/**
 * Takes the signals that ask to stop, so that what is under way can be ended in order. One that comes after it ends the
 * program at once: what is under way may wait for a disk that does not answer.
 */
export function stopSignals(): StopSignals {
  const abort = new AbortController();
  let code = 0;
  const listeners = Object.entries(signals).map(([name, number]) => {
    const listener = () => {
      if (abort.signal.aborted) process.exit(code);
      code = 128 + number;
      abort.abort();
    };
    Deno.addSignalListener(name as Deno.Signal, listener);
    return [name as Deno.Signal, listener] as const;
  });
  return {
    signal: abort.signal,
    exitCode: () => code,
    [Symbol.dispose]: () => listeners.forEach((pair) => Deno.removeSignalListener(...pair)),
  };
}
