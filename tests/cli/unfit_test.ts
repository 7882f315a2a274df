import assert from "node:assert/strict";
import {
  memoryLines,
  type NamedRoom,
  refuseUneven,
  refuseUnfit,
  unevenText,
  unfitClasses,
} from "@/lib/cli/unfit.ts";
import { makeStep, type Step, type Unfit } from "@/lib/plan/mod.ts";

const room = { isHost: false, replicas: 1, host: 64e9, device: 80e9 };
const gpu: NamedRoom = { device: "gpu:1", room };
const see = (i: number): Step =>
  makeStep({ kind: "features", spec: {}, needs: { encoder: `${i}`, images: "i" } }, `number ${i}`);
const network = { family: "resnet", stem: "small", block: "basic", blocks: [1], width: 1 } as const;
const train = (seed: number): Step =>
  makeStep({
    kind: "pretrain",
    spec: { method: "simclr", network, seed },
    needs: { images: [], subset: [] },
  }, `simclr on species, seed ${seed}`);

const trained = (seed: number, device: number): Unfit => ({
  step: train(seed),
  needed: { host: 1e9, device },
  settings: { batch: 4096, learningRates: [4.8] },
  replicas: 8,
  smaller: { batch: 512, learningRates: [0.6] },
});
const read: Unfit = { step: see(1), needed: { host: 90e9, device: 2e9 } };
const unfit = [trained(1, 330e9), trained(2, 340e9), read];

Deno.test("unfitClasses() takes together what does not fit for the same reason, and names what needs most", () => {
  const [trainings, features, ...others] = unfitClasses(unfit);
  assert.deepEqual(others, []);
  assert.deepEqual([trainings!.name, trainings!.steps.length], ["pretrain simclr", 2]);
  assert.equal(trainings!.needed.device, 340e9);
  assert.deepEqual([features!.name, features!.steps.length], ["features", 1]);
});

Deno.test("memoryLines() has a line for each class: what it needs, on how many devices it fits, and what batch would", () => {
  const all = [...unfit.map(({ step }) => step), see(2)];
  const model = { heldBy: () => ({ host: 0, device: 2e9, divided: 0 }) };
  assert.deepEqual(memoryLines(unfit, { all, model, at: gpu }), [
    "memory: 3 steps of 4 cannot run on gpu:1 (80 GB):",
    "                   steps            need about  fit on  or with a batch of    instead of",
    "  pretrain simclr      2                340 GB  gpu*8   512 at a rate of 0.6  4096 at a rate of 4.8",
    "  features             1  90 GB of the machine",
  ]);
  assert.deepEqual(memoryLines([], { all: [see(2)], model, at: gpu }), [
    "memory: all fits gpu:1 (80 GB); most is needed by features number 2, about 2.6 GB",
  ]);
  const tpu = { device: "tpu", room: { ...room, device: Infinity } };
  assert.match(
    memoryLines([], { all, model, at: tpu })[0]!,
    /^memory: how much tpu has is not known/,
  );
  assert.deepEqual(memoryLines([], { all: [], model, at: gpu }), []);
});

Deno.test("refuseUnfit() names step, need, what there is and the remedies, once", () => {
  assert.throws(() => refuseUnfit(unfit, gpu), {
    name: "InputError",
    kind: "out of memory",
    message:
      "Step pretrain simclr on species, seed 2: it needs about 340 GB of memory, and gpu:1 " +
      "has 80 GB; 2 other steps do not fit either. Use --device gpu*8, or give it training: " +
      "{ batch: 512, learningRate: 0.6 } in its experiment. deno task plan has a line for each kind",
  });
  assert.throws(() => refuseUnfit([read], gpu), {
    message:
      "Step features number 1: it needs about 90 GB of memory, and this machine has 64 GB. " +
      "Use one with more memory",
  });
  refuseUnfit([], gpu);
});

Deno.test("refuseUneven() refuses trainings whose batch several devices cannot share, before any is worked", () => {
  const settings = { batch: 4096, learningRate: 0.6 } as never;
  const steps = [1, 2].map((seed): Step => {
    const step = train(seed);
    return { ...step, spec: { ...step.spec, training: settings } } as Step;
  });
  const on = (replicas: number) => ({ device: `gpu*${replicas}`, room: { ...room, replicas } });
  assert.throws(() => refuseUneven([...steps, see(1)], on(3)), {
    name: "InputError",
    message:
      "device: of this plan it cannot work 2 steps, whose batch the devices of gpu*3 cannot share " +
      "evenly. Give as many devices as divide it",
  });
  refuseUneven([...steps, see(1)], on(4));
  refuseUneven([see(1)], on(3));
  assert.equal(unevenText(steps, on(8)), undefined);
});
