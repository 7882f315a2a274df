/** How many inputs of one name a kind of work reads; of `"many"` there may be none. */
export type NeedCount = "one" | "optional" | "many";

/** The inputs of a kind of work by name. */
export type NeedCounts = Readonly<Record<string, NeedCount>>;

/** What stands for each input: the key of the step that makes it, or the folder in which it lies. */
export type Needs<Counts extends NeedCounts> =
  & { readonly [Name in keyof Counts as Counts[Name] extends "one" ? Name : never]: string }
  & { readonly [Name in keyof Counts as Counts[Name] extends "optional" ? Name : never]?: string }
  & {
    readonly [Name in keyof Counts as Counts[Name] extends "many" ? Name : never]:
      readonly string[];
  };

/** Inputs with one name each: those of which there are many bear a number, unless there is one alone. */
export type FlatNeeds = Readonly<Record<string, string>>;

/** Gives each input a name of its own: `images` for one, `images0`, `images1` and so on for several. */
export function flatten(needs: Readonly<Record<string, string | readonly string[]>>): FlatNeeds {
  const entries = Object.entries(needs).flatMap(([name, of]): [string, string][] => {
    if (typeof of === "string") return [[name, of]];
    return of.map((one, i) => [of.length === 1 ? name : `${name}${i}`, one]);
  });
  return Object.fromEntries(entries);
}

/**
 * The inputs that {@linkcode flatten} named, those of which there are many in their order.
 *
 * @throws {TypeError} If one is missing, or there is one of another name.
 */
export function gather<Counts extends NeedCounts>(
  counts: Counts,
  flat: FlatNeeds,
): Needs<Counts> {
  const left = new Map(Object.entries(flat));
  const take = (name: string): string | undefined => {
    const found = left.get(name);
    left.delete(name);
    return found;
  };
  const entries = Object.entries(counts).map(([name, count]) => {
    const alone = take(name);
    if (count === "many") return [name, alone === undefined ? takeNumbered(name, take) : [alone]];
    if (alone === undefined && count === "one") throw new TypeError(`The input ${name} is missing`);
    return [name, alone];
  });
  const [unknown] = left.keys();
  if (unknown !== undefined) throw new TypeError(`The input ${unknown} has no use`);
  return Object.fromEntries(entries.filter(([, of]) => of !== undefined));
}

function takeNumbered(name: string, take: (name: string) => string | undefined): string[] {
  const found: string[] = [];
  for (let one = take(`${name}0`); one !== undefined; one = take(`${name}${found.length}`)) {
    found.push(one);
  }
  return found;
}
