/** Prints how much of each room the tests reach, from the lcov text that `deno coverage --lcov` gives: `by_room.ts PATH`. */

import { pathInProject } from "@/tests/lint/borders.ts";
import { textTable } from "@/tests/bench/text_table.ts";

/** A room's lines that can be run, and how many of them were. */
interface Lines {
  readonly all: number;
  readonly run: number;
}

/** The lines of each room of the program in an lcov text whose paths are absolute; what only child processes run is not run here. */
export function coverageByRoom(lcov: string): ReadonlyMap<string, Lines> {
  const rooms = new Map<string, Lines>();
  for (const record of lcov.split("end_of_record")) {
    const field = (name: string) => new RegExp(`^${name}:(.*)$`, "m").exec(record)?.[1];
    const path = field("SF");
    if (path === undefined) continue;
    const [room] = /^(lib\/[^/]+|[^/]+)(?=\/)/.exec(pathInProject(path)) ?? ["others"];
    const known = rooms.get(room) ?? { all: 0, run: 0 };
    rooms.set(room, {
      all: known.all + Number(field("LF")),
      run: known.run + Number(field("LH")),
    });
  }
  return rooms;
}

if (import.meta.main) {
  const rooms = coverageByRoom(await Deno.readTextFile(Deno.args[0]!));
  const rows = [...rooms].sort(([a], [b]) => a < b ? -1 : 1).map(([room, { all, run }]) => ({
    room,
    lines: `${all}`,
    covered: `${Math.round(100 * run / all)} %`,
  }));
  // deno-lint-ignore no-console -- the table is what the program is for
  console.log(textTable(rows).join("\n"));
}
