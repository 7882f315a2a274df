import { readLines } from "@/tests/read_lines.ts";
import { type PeakMemory, watchMemory } from "@/tests/bench/memory.ts";

/** A program to be measured; it keeps to the protocol of {@linkcode race}. */
export interface Contender {
  readonly command: string;
  readonly args: readonly string[];
  /** Variables beside those that this process has. */
  readonly env?: Readonly<Record<string, string>>;
  /** What else must be there, for the message when it fails. */
  readonly needs?: string;
}

/** What some programs said when they had run side by side, and the memory they took together. */
export interface Raced<T> {
  readonly said: readonly T[];
  readonly memory: PeakMemory;
}

/**
 * Runs programs side by side.
 *
 * Each prints `ready` when it has warmed up and then waits for a line; when all are ready each gets one, measures, prints
 * its result as one line of JSON, and waits for the end of its input. So all measure at the same time, and the memory that
 * they hold can be read before they go.
 *
 * @param whenReady Awaited when all are ready, before any measures.
 */
export async function race<T>(
  contenders: readonly Contender[],
  whenReady?: () => Promise<void>,
): Promise<Raced<T>> {
  const running = contenders.map(start);
  const memory = watchMemory(running.map(({ process }) => process.pid));
  try {
    await Promise.all(running.map((one) => one.expect((line) => line === "ready")));
    await whenReady?.();
    await Promise.all(running.map((one) => one.go()));
    const lines = await Promise.all(running.map((one) => one.expect((line) => line[0] === "{")));
    return { said: lines.map((line) => JSON.parse(line)), memory: await memory.stop() };
  } finally {
    await memory.stop();
    await Promise.all(running.map((one) => one.end()));
  }
}

function start({ command, args, env = {}, needs }: Contender) {
  const process = new Deno.Command(command, {
    args: [...args],
    env: { ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const lines = readLines(process.stdout);
  const complaint = new Response(process.stderr).text();
  const writer = process.stdin.getWriter();
  return {
    process,
    /** The next line that is wanted; what libraries say in between is passed over. */
    async expect(wanted: (line: string) => boolean): Promise<string> {
      for (;;) {
        const { value, done } = await lines.next();
        if (done) break;
        if (wanted(value)) return value;
      }
      const { code, signal } = await process.status;
      const end = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      const why = (await complaint).trim().split("\n").slice(-15).join("\n");
      throw new Error(`${[command, ...args].join(" ")} ${end}. ${needs ?? ""}\n${why}`);
    },
    go: () => writer.write(new TextEncoder().encode("go\n")),
    async end(): Promise<void> {
      await writer.close().catch(() => {});
      // It holds memory until then, which the next one may need.
      await process.status;
      await complaint;
    },
  };
}
