import assert from "node:assert/strict";
import { chooseJobs, makeBeside } from "@/lib/cli/jobs.ts";
import type { MachineRoom } from "@/lib/cli/room.ts";
import { type HeldBytes, makeStep, type Step } from "@/lib/plan/mod.ts";

const host: MachineRoom = { isHost: true, replicas: 1, host: 100e9, device: Infinity, free: 100e9 };
const gpu: MachineRoom = { ...host, isHost: false, device: 80e9 };
const eight = { cores: 8 };

Deno.test("chooseJobs() takes one worker a core, as memory allows, and four at most on a GPU", () => {
  assert.deepEqual(chooseJobs(undefined, host, eight), { jobs: 8 });
  assert.deepEqual(chooseJobs(undefined, { ...host, free: 1.5e9 }, eight), { jobs: 3 });
  assert.deepEqual(chooseJobs(undefined, { ...host, free: 1e6 }, eight), { jobs: 1 });
  assert.deepEqual(chooseJobs(undefined, gpu, eight), { jobs: 4 });
  assert.deepEqual(chooseJobs(undefined, gpu, { cores: 2 }), { jobs: 2 });
  assert.deepEqual(chooseJobs(3, host, eight), { jobs: 3 });
  assert.deepEqual(chooseJobs(6, gpu, eight), { jobs: 6 });
});

Deno.test("chooseJobs() does not exceed cores and memory, and says which of them there is too little of", () => {
  assert.deepEqual(chooseJobs(1000, host, eight), {
    jobs: 8,
    notice: "--jobs 1000: 8 worker processes, because there are 8 cores, and each uses one",
  });
  assert.deepEqual(chooseJobs(2, gpu, { cores: 1 }), {
    jobs: 1,
    notice: "--jobs 2: 1 worker process, because there is 1 core, and each uses one",
  });
  assert.deepEqual(chooseJobs(8, { ...host, free: 1e9 }, eight), {
    jobs: 2,
    notice:
      "--jobs 8: 2 worker processes, because 1 GB of memory are free, and each takes 450 MB or more",
  });
});

const draw = makeStep({ kind: "subset", spec: { size: 1, seed: 1 }, needs: { images: "i" } }, "s");
const see = (i: number) =>
  makeStep({ kind: "features", spec: {}, needs: { encoder: `${i}`, images: "i" } }, `${i}`);
const [one, two, three] = [see(1), see(2), see(3)];
const holding = (of: HeldBytes) => (step: Step): HeldBytes =>
  step === draw ? { host: 0, device: 0, divided: 0 } : of;

Deno.test("makeBeside() lets steps be worked at once for which there is memory together", () => {
  // With its process a step takes 2.45 GB.
  const heldBy = holding({ host: 1e9, device: 0.5e9, divided: 0.5e9 });
  const beside = makeBeside({ heldBy, room: { ...host, free: 5e9 } });
  assert.ok(beside(one, [two]));
  assert.ok(!beside(one, [two, three]));
  assert.ok(!beside(draw, [one, two]), "a process takes some by itself");
});

Deno.test("makeBeside() lets small steps share a GPU, and a large one have it but for what does not compute", () => {
  const small = holding({ host: 0, device: 0.5e9, divided: 0.4e9 });
  const shared = makeBeside({ heldBy: small, room: { ...gpu, device: 3.2e9 } });
  assert.ok(shared(one, [two]));
  assert.ok(!shared(one, [two, three]), "each takes 1.5 GB of 3.2");
  const large = makeBeside({ heldBy: holding({ host: 0, device: 1e9, divided: 1e9 }), room: gpu });
  assert.ok(!large(one, [two]));
  assert.ok(large(draw, [one]) && large(one, [draw]));
});
