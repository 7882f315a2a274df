import assert from "node:assert/strict";
import { clean, images, jpeg, mini, perClass, resnet, scale } from "@/dsl/mod.ts";
import type { Subject } from "@/lib/results/mod.ts";
import { matches, paperValueFor } from "@/lib/results/mod.ts";

const none = { settings: {}, text: "" };
const asTheScale = {
  training: null,
  changes: none,
  network: "ResNet 1 width 8",
  parameters: { corruption: clean(), network: resnet({ blocks: [1], width: 8 }) },
  ownNetwork: false,
};

const subject: Subject = {
  experiment: "e",
  condition: "c",
  scale: "mini",
  ownScale: false,
  method: "simclr",
  pretrain: "scenes+objects",
  roles: ["scenes", "objects"],
  sizes: ["250k", "250k"],
  corruption: "clean",
  budget: "recipe",
  replica: 0,
  ...asTheScale,
  settings: {},
  probeChanges: none,
  seenParameters: clean(),
  probe: "linear",
  on: "species",
  labels: "all",
  seen: "clean",
  level: "finest",
  others: [],
  coarsest: false,
};

Deno.test("matches() asks for every given field, and takes a list as any of it", () => {
  assert.ok(matches({}, subject));
  assert.ok(matches({ method: ["moco", "simclr"], on: "species" }, subject));
  assert.ok(!matches({ method: "simclr", on: "scenes" }, subject));
  assert.ok(!matches({ labels: "10k" }, subject));
});

Deno.test("matches() asks for a corruption with its parameters, and for any where none is given", () => {
  const compressed = { ...subject, corruption: "jpeg-30" };
  assert.ok(matches({}, compressed));
  assert.ok(matches({ corruption: jpeg(30) }, compressed));
  assert.ok(matches({ corruption: [clean(), jpeg(30)] }, compressed));
  assert.ok(!matches({ corruption: jpeg(31) }, compressed));
  assert.ok(!matches({ corruption: clean() }, compressed));
  assert.ok(matches({ corruption: clean() }, subject));
});

Deno.test("matches() takes the parts of a pool in any order, and never a part for the pool", () => {
  assert.ok(matches({ pretrain: "objects+scenes" }, subject));
  assert.ok(!matches({ pretrain: "objects" }, subject));
  assert.ok(!matches({ pretrain: ["objects", "scenes"] }, subject));
});

Deno.test("matches() wants a listed size of every part, and finds none in an untrained encoder", () => {
  assert.ok(matches({ size: "250k" }, subject));
  assert.ok(!matches({ size: "250k" }, { ...subject, sizes: ["250k", "500k"] }));
  assert.ok(!matches({ size: "250k" }, { ...subject, sizes: [] }));
});

Deno.test("matches() means the finest level unless told", () => {
  const coarse = { ...subject, level: "kingdom" };
  assert.ok(!matches({}, coarse));
  assert.ok(matches({ level: "kingdom" }, coarse));
});

Deno.test("matches() means the coarsest level that is scored, and none where one is all", () => {
  const coarse = { ...subject, level: "kingdom", coarsest: true };
  assert.ok(matches({ level: "coarsest" }, coarse));
  assert.ok(matches({ level: "kingdom" }, coarse));
  assert.ok(!matches({ level: "coarsest" }, subject));
});

Deno.test("matches() means a fusion only when its other encoder is named, and takes both in any order", () => {
  const fusion: Subject = {
    ...subject,
    method: "simclr",
    pretrain: "species",
    roles: ["species"],
    sizes: ["1M"],
    others: [{
      method: "supervised",
      pretrain: "objects",
      roles: ["objects"],
      sizes: ["all"],
      corruption: "clean",
      budget: "recipe",
      replica: 0,
      ...asTheScale,
    }],
  };
  const simclr = { method: "simclr", pretrain: "species" } as const;
  const supervised = { method: "supervised", pretrain: "objects" } as const;
  assert.ok(matches({ ...simclr, with: supervised }, fusion));
  assert.ok(matches({ ...supervised, with: simclr }, fusion));
  assert.ok(!matches({ ...simclr, with: { ...supervised, method: "simclr" } }, fusion));
  assert.ok(!matches({ ...simclr, with: simclr }, fusion));
  assert.ok(!matches(simclr, fusion));
  assert.ok(!matches({}, fusion));
  assert.ok(!matches({ with: {} }, subject));
});

Deno.test("matches() means clean images of the probe and trainings by epochs unless told", () => {
  const blurred = { ...subject, seen: "jpeg-30" };
  assert.ok(!matches({}, blurred));
  assert.ok(matches({ images: jpeg(30) }, blurred));
  assert.ok(matches({ images: [clean(), jpeg(30)] }, subject));
  const steps = { ...subject, budget: "steps" } as const;
  assert.ok(!matches({}, steps));
  assert.ok(matches({ budget: "steps" }, steps));
});

Deno.test("paperValueFor() finds the paper's number or none", () => {
  const values = [{ where: { on: "aerial" }, value: 0.1 }, {
    where: { on: "species" },
    value: 0.2,
  }] as const;
  assert.equal(paperValueFor(values, subject)?.value, 0.2);
  assert.equal(paperValueFor(values.slice(0, 1), subject), undefined);
});

Deno.test("matches() means just the settings that are told, in any order, and none unless told", () => {
  const settings = { temperature: 0.5, epochs: 40 };
  const hot = { ...subject, changes: { settings, text: "temperature 0.5, epochs 40" } };
  assert.ok(matches({ training: { epochs: 40, temperature: 0.5 } }, hot));
  assert.ok(matches({ training: [{ temperature: 0.5 }, settings] }, hot));
  assert.ok(!matches({ training: { temperature: 0.5 } }, hot));
  assert.ok(!matches({}, hot));
  assert.ok(matches({ training: {} }, subject));
  assert.ok(matches({ training: "each" }, hot) && matches({ training: "each" }, subject));
  assert.ok(!matches({ training: { temperature: 0.5 } }, subject));
});

Deno.test("matches() means a probe's own settings only when told", () => {
  const probeChanges = { settings: { penalties: [0.1] }, text: "penalties [0.1]" };
  const tuned = { ...subject, probeChanges };
  assert.ok(matches({ settings: { penalties: [0.1] } }, tuned));
  assert.ok(!matches({ settings: { penalties: [0.2] } }, tuned));
  assert.ok(!matches({}, tuned));
});

Deno.test("matches() means the scale's network unless told of another", () => {
  const network = resnet({ blocks: [2], width: 16 });
  const wide = { ...subject, network: "ResNet 2 width 16", ownNetwork: true };
  assert.ok(matches({ network }, wide));
  assert.ok(matches({ network: [resnet({ blocks: [1], width: 1 }), network] }, wide));
  assert.ok(!matches({}, wide));
  assert.ok(!matches({ network: resnet({ blocks: [1], width: 8 }) }, subject));
  assert.ok(matches({ network: "each" }, wide) && matches({ network: "each" }, subject));
});

Deno.test("matches() means trials that name no scale unless told of one, by its name or as it was made", () => {
  const own = scale({ ...mini, name: "own" });
  const other = { ...subject, scale: "own", ownScale: true };
  assert.ok(matches({ scale: own }, other));
  assert.ok(matches({ scale: ["smoke", own] }, other));
  assert.ok(!matches({ scale: "smoke" }, other));
  assert.ok(!matches({}, other));
  assert.ok(!matches({ scale: "mini" }, subject));
  assert.ok(matches({ scale: "each" }, subject) && matches({ scale: "each" }, other));
});

Deno.test("matches() takes sizes and labels that are given as numbers", () => {
  const few = { ...subject, sizes: [images(300)], labels: perClass(5) };
  assert.ok(matches({ size: images(300), labels: perClass(5) }, few));
  assert.ok(!matches({ size: images(301) }, few));
  assert.ok(!matches({ labels: perClass(6) }, few));
});
