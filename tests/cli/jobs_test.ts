import assert from "node:assert/strict";
import { chooseJobs } from "@/lib/cli/jobs.ts";

const machine = { cores: 8, memory: 100e9 };

Deno.test("chooseJobs() takes one worker a core, as memory allows, and one on a GPU", () => {
  assert.deepEqual(chooseJobs(undefined, "cpu", machine), { jobs: 8 });
  assert.deepEqual(chooseJobs(undefined, "cpu", { cores: 8, memory: 5e9 }), { jobs: 3 });
  assert.deepEqual(chooseJobs(undefined, "cpu", { cores: 8, memory: 1e6 }), { jobs: 1 });
  assert.deepEqual(chooseJobs(undefined, "gpu:1", machine), { jobs: 1 });
  assert.deepEqual(chooseJobs(3, "cpu", machine), { jobs: 3 });
  assert.deepEqual(chooseJobs(2, "gpu", machine), { jobs: 2 });
});

Deno.test("chooseJobs() does not exceed cores and memory, and says which of them there is too little of", () => {
  assert.deepEqual(chooseJobs(1000, "cpu", machine), {
    jobs: 8,
    notice: "--jobs 1000: 8 worker processes, because there are 8 cores, and each uses one",
  });
  assert.deepEqual(chooseJobs(2, "gpu", { cores: 1, memory: 1e12 }), {
    jobs: 1,
    notice: "--jobs 2: 1 worker process, because there is 1 core, and each uses one",
  });
  assert.deepEqual(chooseJobs(8, "cpu", { cores: 8, memory: 3.2e9 }), {
    jobs: 2,
    notice:
      "--jobs 8: 2 worker processes, because 3.2 GB of memory are free, and each may take 1.5 GB",
  });
});
