import assert from "node:assert/strict";
import { keepNote } from "@/lib/run/mod.ts";
import { jobLogOf, jobsFolder, jobsOf, noteJob } from "@/lib/run/slurm/mod.ts";
import { openStore } from "@/lib/store/mod.ts";
import { withFolder } from "@/tests/cli/command.ts";

const plan = "0123456789abcdef";

/** Runs a body as an element of a job array. */
async function asElement(body: () => Promise<void>): Promise<void> {
  const told = { SLURM_JOB_ID: "12", SLURM_ARRAY_JOB_ID: "11", SLURM_ARRAY_TASK_ID: "3" };
  for (const [name, value] of Object.entries(told)) Deno.env.set(name, value);
  try {
    await body();
  } finally {
    for (const name of Object.keys(told)) Deno.env.delete(name);
  }
}

Deno.test("jobsOf() gives what was noted of a plan's job arrays, in their order", () =>
  withFolder(async (folder) => {
    const store = await openStore(`${folder}/store`);
    assert.deepEqual(await jobsOf(store, plan), []);
    await Deno.mkdir(jobsFolder(store, plan), { recursive: true });
    const one = { job: "9", class: "gpu", workers: 2, at: "now", host: "login" } as const;
    const two = { ...one, job: "10", after: "9" };
    for (const told of [two, one]) await noteJob(store, plan, told);
    await Deno.writeTextFile(`${jobsFolder(store, plan)}/9_0.log`, "");
    assert.deepEqual(await jobsOf(store, plan), [one, two]);
  }));

Deno.test("jobsOf() refuses a note that is damaged, and says which job to end without it", () =>
  withFolder(async (folder) => {
    const store = await openStore(`${folder}/store`);
    await Deno.mkdir(jobsFolder(store, plan), { recursive: true });
    const path = `${jobsFolder(store, plan)}/9.json`;
    for (const text of ["", '{"job":"9"}\n']) {
      await Deno.writeTextFile(path, text);
      await assert.rejects(jobsOf(store, plan), {
        name: "InputError",
        message: `${path}: this note of a job array cannot be read. ` +
          "Remove it, and end the job 9 with scancel if it is in the queue",
      });
    }
  }));

Deno.test("jobLogOf() finds the log of the element whose worker made an attempt", () =>
  withFolder((folder) =>
    asElement(async () => {
      const store = await openStore(`${folder}/store`);
      await Deno.mkdir(jobsFolder(store, plan), { recursive: true });
      const note = await keepNote(store, plan, { device: "cpu", jobs: 1 });
      await note.end("nothing is left");
      const attempt = { plan, worker: note.worker };
      assert.equal(await jobLogOf(store, attempt), undefined);
      const log = `${jobsFolder(store, plan)}/11_3.log`;
      await Deno.writeTextFile(log, "");
      assert.equal(await jobLogOf(store, attempt), log);
      assert.equal(await jobLogOf(store, { plan, worker: "another" }), undefined);
      assert.equal(await jobLogOf(store, { plan: null, worker: null }), undefined);
    })
  ));
