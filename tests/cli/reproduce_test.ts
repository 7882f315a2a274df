// The whole way, as a user goes it: smoke scale, built-in worlds, with processes killed on the way.
import assert from "node:assert/strict";
import { experiments } from "@/experiments/mod.ts";
import { rowColumns } from "@/lib/results/mod.ts";
import { randomAt } from "@/lib/base/random.ts";
import { command, commandEvents, withFolder } from "@/tests/cli/command.ts";
import { contentsOf } from "@/tests/cli/store_contents.ts";

interface Event {
  readonly type: string;
  readonly pid?: number;
  readonly step?: { readonly key: string; readonly kind: string };
}

/** Runs `reproduce` with JSON progress and hands each event to `onEvent`, which may kill. */
async function reproduce(
  folder: string,
  onEvent: (event: Event, child: Deno.ChildProcess) => void,
): Promise<readonly Event[]> {
  return (await commandEvents<Event>(studyOf(folder), onEvent)).events;
}

function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    // It may have ended by itself in the meantime.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function studyOf(folder: string, experiment = "data-domain"): string[] {
  return [
    "reproduce",
    experiment,
    "--scale",
    "smoke",
    "--store",
    `${folder}/s`,
    "--out",
    `${folder}/o`,
  ];
}

Deno.test("reproduce data-domain --scale smoke: report, rows, nothing left to do, and the same bits with one worker, two, and after kills", () =>
  withFolder(async (folder) => {
    const whole = `${folder}/whole`, killed = `${folder}/killed`, single = `${folder}/single`;

    const first = await command(...studyOf(whole), "--jobs", "2");
    assert.equal(first.code, 0, first.stdout + first.stderr);
    const rows = (await Deno.readTextFile(`${whole}/o/rows.csv`)).trim().split("\n");
    assert.equal(
      rows[0],
      rowColumns.join(","),
    );
    assert.equal(rows.length, 1 + 24);
    assert.match(await Deno.readTextFile(`${whole}/o/index.html`), /<html lang="en"/);

    const again = await command(...studyOf(whole));
    assert.match(again.stdout, /^nothing to do in .*Report \(unchanged\): /m);

    const alone = await command(...studyOf(single), "--jobs", "1");
    assert.equal(alone.code, 0, alone.stdout + alone.stderr);
    assert.deepEqual(
      [...await contentsOf(`${single}/s`)].sort(),
      [...await contentsOf(`${whole}/s`)].sort(),
      "one worker and two make the same files",
    );

    // Kills at moments drawn beforehand: three of a worker, three of the runner, then a run to the end.
    const random = randomAt(1, "kill");
    const done: string[] = [];
    const victims = ["worker", "runner", "worker", "runner", "worker", "runner", "nobody"];
    for (const victim of victims) {
      let left = random.integer(12);
      const timers: ReturnType<typeof setTimeout>[] = [];
      await reproduce(killed, (event, child) => {
        if (event.type === "done") done.push(event.step!.key);
        if (event.type !== "started" || victim === "nobody" || left-- !== 0) return;
        timers.push(setTimeout(
          () => victim === "worker" ? kill(event.pid!) : kill(child.pid),
          random.integer(400),
        ));
      });
      for (const timer of timers) clearTimeout(timer);
    }
    assert.equal(new Set(done).size, done.length, "a complete step was worked again");
    assert.deepEqual(
      [...await contentsOf(`${killed}/s`)].sort(),
      [...await contentsOf(`${whole}/s`)].sort(),
    );
    assert.deepEqual(
      await Deno.readTextFile(`${killed}/o/rows.csv`),
      await Deno.readTextFile(`${whole}/o/rows.csv`),
    );

    // One flipped bit in a manifest: noticed, mended, and nothing else worked.
    const key = [...await contentsOf(`${whole}/s`)].map(([name]) => name).sort()[0]!;
    const path = `${whole}/s/artifacts/${key.slice(0, 2)}/${key}/manifest.json`;
    const bytes = await Deno.readFile(path);
    bytes[bytes.length >> 1]! ^= 1;
    await Deno.writeFile(path, bytes);
    const planned = await command(
      "plan",
      "data-domain",
      "--scale",
      "smoke",
      "--store",
      `${whole}/s`,
      "--all-steps",
    );
    assert.match(planned.stdout, new RegExp(`${key.slice(0, 12)} +\\w+ +corrupt`));
    const mended = await command(...studyOf(whole));
    assert.match(mended.stdout, /^1 step run/m);
  }));

Deno.test("reproduce all --scale smoke --figures full measures every declared condition and judges every claim", () =>
  withFolder(async (folder) => {
    const full = ["--figures", "full", "--seeds", "1"];
    const { code, stdout, stderr } = await command(...studyOf(folder, "all"), ...full);
    assert.equal(code, 0, stdout + stderr);
    const rows = await Deno.readTextFile(`${folder}/o/rows.csv`);
    for (const { id, trials } of experiments) {
      const measured = rows.split("\n").filter((line) => line.startsWith(`${id},`));
      assert.ok(measured.length >= trials.length, `${id}: ${measured.length} rows`);
    }
    const claims = await Deno.readTextFile(`${folder}/o/claims.csv`);
    assert.doesNotMatch(claims, /not measured/);
    // Every claim of the paper's 19 is asked, whatever the answer.
    const numbers = new Set(
      experiments.flatMap((one) => one.claims.flatMap(({ number }) => number ?? [])),
    );
    assert.deepEqual(
      [...numbers].sort((a, b) => a - b),
      Array.from({ length: 19 }, (_, i) => i + 1),
    );
  }));
