/** Things that somebody else has, to be looked at again: soon at first, then more and more rarely. */
export interface Aside<T> {
  readonly size: number;
  /** Lays one aside. */
  put(one: T): void;
  /** Whether one was laid aside before. */
  knows(one: T): boolean;
  /** Takes out those whose time has come. */
  due(): readonly T[];
  /** Milliseconds until the next is due; `Infinity` where none is. */
  wait(): number;
  /** All that lie aside. */
  all(): Iterable<T>;
}

const firstPause = 1000, longestPause = 15_000, growth = 1.5;

/** Nothing aside yet. */
export function makeAside<T>(now: () => number = () => performance.now()): Aside<T> {
  const until = new Map<T, number>();
  const pauses = new Map<T, number>();
  return {
    get size() {
      return until.size;
    },
    put(one) {
      const pause = pauses.get(one) ?? firstPause;
      pauses.set(one, Math.min(longestPause, growth * pause));
      until.set(one, now() + pause);
    },
    knows: (one) => pauses.has(one),
    due() {
      const time = now();
      const found = [...until].filter(([, at]) => at <= time).map(([one]) => one);
      found.forEach((one) => until.delete(one));
      return found;
    },
    wait: () => Math.max(0, Math.min(...until.values()) - now()),
    all: () => until.keys(),
  };
}
