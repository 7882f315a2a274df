import assert from "node:assert/strict";
import {
  beatsUntrained,
  type Check,
  converged,
  flattened,
  networkName,
  offTheEnds,
  resnet,
} from "@/dsl/mod.ts";
import { type Cell, failedChecks, type Origin, type Subject } from "@/lib/results/mod.ts";
import { madeCell } from "@/tests/results/made_cells.ts";

const right = (...shares: readonly number[]) =>
  shares.map((share) => Uint8Array.from({ length: 100 }, (_, i) => Number(i < share)));

/** A cell whose encoder and probe are the steps of these keys. */
function cellOf(
  subject: Partial<Subject>,
  shares: readonly number[],
  origin: { readonly encoders?: readonly string[]; readonly probe?: string } = {},
): Cell {
  const cell = madeCell(subject, right(...shares));
  const rows = cell.rows.map((row) => ({
    ...row,
    origin: { ...row.origin, encoders: ["encoder"], ...origin },
  }));
  return { ...cell, rows };
}

const wideNetwork = resnet({ blocks: [1], width: 32 });

const kinds = { encoder: "pretrain", probe: "finetune" } as const;
const originOf = (
  key: keyof typeof kinds,
  info: object,
): readonly [string, Origin] => [
  key,
  { manifest: { kind: kinds[key], info } } as unknown as Origin,
];
const curve = (losses: readonly number[], accuracy = 0) =>
  losses.map((loss, i) => ({ epoch: i + 1, loss, accuracy }));
const resting = Array.from({ length: 20 }, (_, i) => 1 + 4 * Math.exp(-i / 3));
const falling = Array.from({ length: 20 }, (_, i) => 5 - 0.2 * i);

function failures(
  check: Check,
  cells: readonly Cell[],
  origins: readonly (readonly [string, Origin])[] = [],
): readonly string[] {
  const classOfImage = Uint16Array.from({ length: 100 }, (_, i) => i % 4);
  const level = { level: "finest", names: ["a", "b", "c", "d"], classOfImage };
  return failedChecks([check], {
    cells,
    origins: new Map(origins),
    testClasses: new Map([["species", { role: "species", levels: [level] }]]),
  });
}

Deno.test("beatsUntrained() fails where an untrained encoder is as good at any seed, or there is none", () => {
  const check = beatsUntrained({ method: "simclr" });
  const floor = cellOf({ method: "none", pretrain: "none", sizes: [] }, [30, 32]);
  assert.deepEqual(failures(check, [cellOf({}, [31, 40]), floor]), []);
  const [told] = failures(check, [cellOf({ condition: "simclr here" }, [31, 32]), floor]);
  assert.equal(told, "pretraining does not beat an untrained encoder: simclr here");
  assert.equal(failures(check, [cellOf({}, [90, 90])]).length, 1);
  // Another probe's floor is none of it.
  assert.equal(failures(check, [cellOf({ probe: "knn" }, [90, 90]), floor]).length, 1);
});

Deno.test("flattened() fails where a self-supervised loss still falls at its end", () => {
  const check = flattened({ method: ["simclr", "supervised"] });
  const told = (losses: readonly number[]) =>
    failures(check, [cellOf({}, [50, 50])], [originOf("encoder", { curve: curve(losses) })]);
  assert.deepEqual(told(resting), []);
  assert.match(told(falling)[0]!, /^pretraining had not levelled off: /);
  // A supervised encoder has converged() for that.
  const supervised = [cellOf({ method: "supervised" }, [50, 50])];
  assert.deepEqual(
    failures(check, supervised, [originOf("encoder", { curve: curve(falling) })]),
    [],
  );
});

Deno.test("converged() asks supervised encoders for their labels or rest, and trained probes for rest", () => {
  const encoder = (losses: readonly number[], accuracy: number) =>
    failures(converged({ method: "supervised" }), [cellOf({ method: "supervised" }, [50, 50])], [
      originOf("encoder", { curve: curve(losses, accuracy) }),
    ]).length;
  assert.equal(encoder(falling, 0.96), 0);
  assert.equal(encoder(resting, 0.5), 0);
  assert.equal(encoder(falling, 0.5), 1);
  const probe = (losses: readonly number[] | undefined) =>
    failures(converged({ probe: "scratch" }), [
      cellOf({ method: "none", probe: "scratch" }, [50, 50], { probe: "probe" }),
    ], losses === undefined ? [] : [originOf("probe", { losses })]).length;
  assert.equal(probe(resting), 0);
  assert.equal(probe(falling), 1);
  assert.equal(probe(undefined), 1);
});

Deno.test("offTheEnds() fails where accuracy is what guessing gives, or all but 1", () => {
  const told = (share: number) => failures(offTheEnds({}), [cellOf({}, [share])]).length;
  assert.equal(told(26), 1);
  assert.equal(told(28), 0);
  assert.equal(told(97), 0);
  assert.equal(told(99), 1);
});

Deno.test("failedChecks() names a few of many", () => {
  const many = Array.from({ length: 5 }, (_, i) => cellOf({ condition: `cell ${i}` }, [10]));
  assert.deepEqual(failures(offTheEnds({}), many), [
    "accuracy is at floor or ceiling: cell 0; cell 1; cell 2 and 2 more",
  ]);
});

Deno.test("beatsUntrained() takes an untrained encoder of the same network, scale and probe's settings for the floor", () => {
  const check = beatsUntrained({ method: "simclr", network: wideNetwork });
  const wide = { network: networkName(wideNetwork), ownNetwork: true };
  const trained = cellOf(wide, [50, 50]);
  const floor = (subject: Partial<Subject>) => cellOf({ method: "none", ...subject }, [30, 30]);
  assert.deepEqual(failures(check, [trained, floor(wide)]), []);
  assert.equal(failures(check, [trained, floor({})]).length, 1);
  assert.equal(failures(check, [trained, floor({ ...wide, scale: "other" })]).length, 1);
  const probeChanges = { settings: { heldOut: 0.5 }, text: "heldOut 0.5" };
  assert.equal(failures(check, [trained, floor({ ...wide, probeChanges })]).length, 1);
});
