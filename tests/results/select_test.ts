import assert from "node:assert/strict";
import { clean, jpeg } from "@/dsl/mod.ts";
import type { Subject } from "@/lib/results/mod.ts";
import { matches, paperValueFor } from "@/lib/results/mod.ts";

const subject: Subject = {
  experiment: "e",
  condition: "c",
  method: "simclr",
  pretrain: "scenes+objects",
  roles: ["scenes", "objects"],
  sizes: ["250k", "250k"],
  corruption: "clean",
  budget: "recipe",
  replica: 0,
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
