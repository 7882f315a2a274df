/**
 * `deno task test`: every test, in two processes at once. Those that start processes of their own spend much of their time
 * waiting for them; the others run meanwhile.
 *
 * Options go to `deno test`. The last line counts all.
 */

import { readLines } from "@/tests/read_lines.ts";

/** Tests that start processes; every other file and folder is of the other half. */
const waiting: readonly string[] = ["campaign", "cases_test.ts", "cli"];

/** What one half has printed so far, and who is told of what follows. */
interface Half {
  readonly lines: string[];
  tell: (line: string) => void;
  readonly ended: Promise<boolean>;
}

const folder = import.meta.dirname!;

async function othersIn(): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries
    .filter(({ name, isDirectory }) => isDirectory || name.endsWith("_test.ts"))
    .map(({ name }) => name).filter((name) => !waiting.includes(name)).sort();
}

function start(names: readonly string[]): Half {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "--frozen", "-A", ...Deno.args, ...names.map((name) => `${folder}/${name}`)],
    cwd: `${folder}/..`,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines: string[] = [];
  const half = { lines, tell: (_: string) => {}, ended: Promise.resolve(false) };
  half.ended = (async () => {
    for await (const line of readLines(child.stdout)) {
      lines.push(line);
      half.tell(line);
    }
    return (await child.status).success;
  })();
  return half;
}

/** Shows what a half has said, and what it says until it ends. */
async function show(half: Half): Promise<boolean> {
  for (const line of half.lines) say(line);
  half.tell = say;
  return await half.ended;
}

function say(line: string): void {
  // deno-lint-ignore no-console -- the tests' own words
  console.log(line);
}

/** How many tests of a half did what, by the last line that says so; a half that broke off counts as one that failed. */
function countIn({ lines }: Half, what: "passed" | "failed" | "ignored"): number {
  const last = lines.findLast((line) => /\d+ passed/.test(line));
  if (last === undefined) return what === "failed" ? 1 : 0;
  return Number(last.match(new RegExp(`(\\d+) ${what}`))?.[1] ?? 0);
}

const started = performance.now();
const halves = [start(await othersIn()), start(waiting)];
let isWell = true;
for (const half of halves) isWell = await show(half) && isWell;
const count = (what: "passed" | "failed" | "ignored") =>
  halves.reduce((sum, half) => sum + countIn(half, what), 0);
const minutes = Math.round((performance.now() - started) / 6000) / 10;
say(
  `${isWell ? "ok" : "FAILED"} | ${count("passed")} passed | ${count("failed")} failed | ` +
    `${count("ignored")} ignored (${minutes} min, in two processes)`,
);
Deno.exit(isWell ? 0 : 1);
