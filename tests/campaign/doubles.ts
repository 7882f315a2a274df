/**
 * Runs before a command line and stands in for its clocks, or for the file calls of a network file system: for what `CAMPAIGN`
 * says, in JSON; in worker processes that it starts too. It imports nothing of the project, which is not to be loaded before.
 */

/** What is stood in for. */
export interface Doubles {
  readonly seed: number;
  /** The program that worker processes are started with, so that they run this first too. */
  readonly deno: string;
  /** The date jumps by up to so many hours either way, every second or so. */
  readonly hours?: number;
  /** The steady clock runs so many times as fast. */
  readonly pace?: number;
  /** The steady clock jumps ahead by so many minutes every ten seconds or so, as when a machine sleeps. */
  readonly sleeps?: number;
  /** Of the store, listings and names that are not there are remembered for so many milliseconds, as an NFS client does. */
  readonly lag?: number;
}

const steady = performance.now.bind(performance);
const told = Deno.env.get("CAMPAIGN");
if (told !== undefined) {
  const doubles = JSON.parse(told) as Doubles;
  Deno.execPath = () => doubles.deno;
  moveClocks(doubles);
  if (doubles.lag !== undefined) lagBehind(doubles.lag, doubles.deno);
}

/** Clocks that are wrong, and become so in other ways all the time; each process has its own. */
function moveClocks({ seed, hours = 0, pace = 1, sleeps = 0 }: Doubles): void {
  let state = (seed * 2654435761 + Deno.pid) >>> 0;
  const random = () => (state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32;
  const date = Date.now;
  let until = 0, off = 0, wakes = 10_000 * random(), slept = 0;
  const offset = () => {
    if (steady() > until) {
      until = steady() + 2000 * random();
      off = Math.round((2 * random() - 1) * hours * 3_600_000);
    }
    return off;
  };
  const Real = Date;
  class Moved extends Real {
    constructor(...args: readonly unknown[]) {
      super(...(args.length === 0 ? [date() + offset()] : args) as [number]);
    }
    static override now = () => date() + offset();
  }
  if (hours > 0) globalThis.Date = Moved as DateConstructor;
  performance.now = () => {
    if (sleeps > 0 && steady() > wakes) {
      wakes = steady() + 20_000 * random();
      slept += 60_000 * sleeps;
    }
    return pace * steady() + slept;
  };
}

/** Told what a machine's processes change: its memory of a network file system is one for them all. */
function machineOf(folder: string): { tell(path: string): void; heard(): readonly string[] } {
  const { writeTextFileSync, readTextFileSync, statSync } = Deno;
  const name = "CAMPAIGN_MACHINE",
    file = Deno.env.get(name) ?? Deno.makeTempFileSync({ dir: folder });
  Deno.env.set(name, file);
  let read = 0;
  return {
    tell: (path) => writeTextFileSync(file, `${path}\n`, { append: true }),
    heard() {
      if (statSync(file).size === read) return [];
      const text = readTextFileSync(file), lines = text.slice(read, text.lastIndexOf("\n") + 1);
      read += lines.length;
      return lines.split("\n").filter((line) => line !== "");
    },
  };
}

/** File calls whose answers are remembered for a while, but for what this machine's own processes change. */
function lagBehind(lag: number, deno: string): void {
  const calls = Deno as unknown as Record<string, (...args: unknown[]) => unknown>;
  const isStores = (path: unknown) => /\/store(\/|$)/.test(String(path));
  const absent = new Map<string, number>();
  const listings = new Map<string, { readonly entries: Deno.DirEntry[]; readonly until: number }>();
  const machine = machineOf(deno.slice(0, deno.lastIndexOf("/")));
  const forget = (name: string) => {
    listings.delete(name.slice(0, name.lastIndexOf("/")));
    listings.delete(name);
    for (const one of absent.keys()) {
      if (one === name || one.startsWith(`${name}/`)) absent.delete(one);
    }
  };
  for (const name of ["mkdir", "rename", "remove", "link", "writeFile", "writeTextFile"]) {
    const real = calls[name]!;
    calls[name] = async (...args) => {
      try {
        return await real(...args);
      } finally {
        args.slice(0, 2).filter(isStores).map(String).forEach(machine.tell);
      }
    };
  }
  const isAbsent = (path: unknown) => {
    machine.heard().forEach(forget);
    return (absent.get(String(path)) ?? 0) > steady();
  };
  const note = (path: unknown, error: unknown): never => {
    if (error instanceof Deno.errors.NotFound && isStores(path) && !isAbsent(path)) {
      absent.set(String(path), steady() + lag);
    }
    throw error;
  };
  const refuse = (path: unknown): never => {
    throw new Deno.errors.NotFound(`No such file or directory (os error 2), remembered: ${path}`);
  };
  for (const name of ["stat", "lstat", "readFile", "readTextFile", "open"]) {
    const real = calls[name]!;
    calls[name] = async (...args) => {
      const [path, options] = args as [unknown, Deno.OpenOptions?];
      if (name === "open" && (options?.create || options?.createNew)) {
        return await (real(...args) as Promise<unknown>).finally(() => {
          if (isStores(path)) machine.tell(String(path));
        });
      }
      if (isAbsent(path)) refuse(path);
      return await (real(...args) as Promise<unknown>).catch((error) => note(path, error));
    };
  }
  for (const name of ["statSync", "readTextFileSync"]) {
    const real = calls[name]!;
    calls[name] = (...args) => {
      if (isAbsent(args[0])) refuse(args[0]);
      try {
        return real(...args);
      } catch (error) {
        return note(args[0], error);
      }
    };
  }
  const readDir = Deno.readDir;
  Deno.readDir = async function* (path: string | URL) {
    const name = String(path);
    if (!isStores(name)) return yield* readDir(path);
    if (isAbsent(name)) refuse(name);
    let known = listings.get(name);
    if (known === undefined || known.until < steady()) {
      known = { entries: [], until: steady() + lag };
      for await (const entry of readDir(path)) known.entries.push(entry);
      listings.set(name, known);
    }
    yield* known.entries;
  };
}
