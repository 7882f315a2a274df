import assert from "node:assert/strict";
import process from "node:process";
import { root, taskArguments, withFolder } from "@/tests/cli/command.ts";

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Starts a run, sends it signals once its first step is under way, and tells its exit code and its first worker. */
async function stopped(
  store: string,
  signals: readonly Deno.Signal[],
): Promise<{ readonly code: number; readonly worker: number; readonly text: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: taskArguments("reproduce", "taxa", "--scale", "smoke", "--store", store, "--json"),
    cwd: root,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let text = "";
  let worker: number | undefined;
  const complained = new Response(child.stderr).text();
  for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const pid = /"type":"started".*?"pid":(\d+)/.exec(text)?.[1];
    if (pid === undefined || worker !== undefined) continue;
    worker = Number(pid);
    for (const signal of signals) child.kill(signal);
  }
  const { code } = await child.status;
  assert.ok(worker !== undefined, text);
  return { code, worker, text: text + await complained };
}

Deno.test({
  name: "a run that is asked to stop, once or twice, leaves no worker and reports no failure",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      for (
        const [signals, expected] of [
          [["SIGINT"], 130],
          [["SIGINT", "SIGINT"], 130],
          [["SIGHUP"], 129],
          [["SIGTERM"], 143],
        ] as const
      ) {
        const { code, worker, text } = await stopped(`${folder}/s`, signals);
        assert.equal(code, expected);
        assert.equal(runs(worker), false, `${signals.join(" ")} left a worker`);
        assert.doesNotMatch(text, /"failed"|error|^ +at /m);
        if (signals.length > 1) continue;
        assert.deepEqual(await Array.fromAsync(Deno.readDir(`${folder}/s/claims`)), []);
      }
    }),
});
