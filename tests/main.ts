/**
 * `deno task test`: every test, the handed cases first and the rest in two processes at once. Those that start processes of
 * their own spend much of their time waiting for them; the others run meanwhile.
 *
 * Options go to `deno test`. The last line counts all.
 */

import { readLines } from "@/tests/read_lines.ts";

/** Cases have time limits, so nothing is to run beside them. */
const cases: readonly string[] = ["cases_test.ts"];

/** Tests that start processes; every other file and folder is of the other part. */
const waiting: readonly string[] = ["campaign", "cli"];

/** A run of some of the tests: what it has printed so far, and who is told of what follows. */
interface Part {
  readonly lines: string[];
  tell: (line: string) => void;
  readonly ended: Promise<boolean>;
}

const folder = import.meta.dirname!;

async function othersIn(): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries
    .filter(({ name, isDirectory }) => isDirectory || name.endsWith("_test.ts"))
    .map(({ name }) => name).filter((name) => ![...cases, ...waiting].includes(name)).sort();
}

function start(names: readonly string[]): Part {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "--frozen", "-A", ...Deno.args, ...names.map((name) => `${folder}/${name}`)],
    cwd: `${folder}/..`,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines: string[] = [];
  const part = { lines, tell: (_: string) => {}, ended: Promise.resolve(false) };
  part.ended = (async () => {
    for await (const line of readLines(child.stdout)) {
      lines.push(line);
      part.tell(line);
    }
    return (await child.status).success;
  })();
  return part;
}

/** Shows what a part has said, and what it says until it ends. */
async function show(part: Part): Promise<boolean> {
  for (const line of part.lines) say(line);
  part.tell = say;
  return await part.ended;
}

function say(line: string): void {
  // deno-lint-ignore no-console -- the tests' own words
  console.log(line);
}

/** How many tests of a part did what, by the last line that says so; one that broke off counts as a test that failed. */
function countIn({ lines }: Part, what: "passed" | "failed" | "ignored"): number {
  const last = lines.findLast((line) => /\d+ passed/.test(line));
  if (last === undefined) return what === "failed" ? 1 : 0;
  return Number(last.match(new RegExp(`(\\d+) ${what}`))?.[1] ?? 0);
}

const started = performance.now();
const parts: Part[] = [];
let isWell = true;
for (const together of [[cases], [await othersIn(), waiting]]) {
  const begun = together.map(start);
  parts.push(...begun);
  for (const part of begun) isWell = await show(part) && isWell;
}
const count = (what: "passed" | "failed" | "ignored") =>
  parts.reduce((sum, part) => sum + countIn(part, what), 0);
const minutes = Math.round((performance.now() - started) / 6000) / 10;
say(
  `${isWell ? "ok" : "FAILED"} | ${count("passed")} passed | ${count("failed")} failed | ` +
    `${count("ignored")} ignored (${minutes} min)`,
);
Deno.exit(isWell ? 0 : 1);
