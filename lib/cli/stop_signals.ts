import process from "node:process";

/** The signals that ask a run to stop, by the name and the number that its exit code tells. */
const signals = { SIGINT: 2, SIGHUP: 1, SIGTERM: 15 } as const;

// Milliseconds in which a second one is the first, told twice: by a terminal, and by who started the program.
const sameSignal = 1000;

/** Listens until it is disposed of. */
export interface StopSignals extends Disposable {
  /** Aborts at the first signal that asks to stop: a key pressed, the terminal closed, a batch system. */
  readonly signal: AbortSignal;
  /** What a program exits with that such a signal has ended. */
  exitCode(): number;
}

/**
 * Takes the signals that ask to stop, so that what is under way can be ended in order. One that comes after it ends the
 * program at once: what is under way may take long, or wait for a disk that does not answer.
 *
 * @param options.more Further signals that ask the same, where the system has them.
 * @param options.onSecond Called before the program ends at once.
 */
export function stopSignals(
  { more = [], onSecond = () => {} }: {
    readonly more?: readonly Deno.Signal[];
    readonly onSecond?: () => void;
  } = {},
): StopSignals {
  const abort = new AbortController();
  let code = 0, first = 0;
  const listen = (name: Deno.Signal, number: number) => {
    const listener = () => {
      if (abort.signal.aborted) {
        if (performance.now() - first < sameSignal) return;
        onSecond();
        process.exit(code);
      }
      code = 128 + number;
      first = performance.now();
      abort.abort();
    };
    Deno.addSignalListener(name, listener);
    return [name, listener] as const;
  };
  const others = Deno.build.os === "windows" ? [] : more;
  const listeners = [
    ...Object.entries(signals).map(([name, number]) => listen(name as Deno.Signal, number)),
    ...others.map((name) => listen(name, 0)),
  ];
  return {
    signal: abort.signal,
    exitCode: () => code,
    [Symbol.dispose]: () => listeners.forEach((pair) => Deno.removeSignalListener(...pair)),
  };
}
