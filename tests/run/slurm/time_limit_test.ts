import assert from "node:assert/strict";
import { minutesOf, timeLimit } from "@/lib/run/slurm/time_limit.ts";

Deno.test("minutesOf() reads every form that Slurm has, and nothing else", () => {
  const forms: readonly (readonly [string, number])[] = [
    ["90", 90],
    ["12:30", 13],
    ["12:00:00", 720],
    ["00:00:01", 1],
    ["2-0", 2880],
    ["1-12:30", 2190],
    ["1-00:00:30", 1441],
  ];
  for (const [text, minutes] of forms) assert.equal(minutesOf(text), minutes, text);
  for (const text of ["", "0", "12h", "1:2:3:4", "-5", "1-", "12:", "00:00:00", "UNLIMITED"]) {
    assert.equal(minutesOf(text), undefined, text);
  }
});

Deno.test("timeLimit() writes what minutesOf() reads", () => {
  for (const minutes of [1, 59, 60, 720, 1440, 4321]) {
    assert.equal(minutesOf(timeLimit(minutes)), minutes);
  }
  assert.equal(timeLimit(4321), "3-00:01:00");
});
