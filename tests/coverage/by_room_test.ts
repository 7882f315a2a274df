import assert from "node:assert/strict";
import { root } from "@/tests/cli/command.ts";
import { coverageByRoom } from "@/tests/coverage/by_room.ts";

Deno.test("coverageByRoom() sums the lines of the files of each room", () => {
  const record = (path: string, run: number, all: number) =>
    `SF:${root}/${path}\nFN:1,work\nFNDA:2,work\nDA:1,2\nLH:${run}\nLF:${all}\nend_of_record\n`;
  const lcov = [
    record("dsl/scales/mini.ts", 3, 4),
    record("lib/data/pack.ts", 1, 10),
    record("lib/data/files/tar_files.ts", 5, 5),
    record("dsl/term.ts", 0, 2),
  ].join("");
  assert.deepEqual(
    coverageByRoom(lcov),
    new Map([["dsl", { all: 6, run: 3 }], ["lib/data", { all: 15, run: 6 }]]),
  );
});
