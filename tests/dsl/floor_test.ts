import assert from "node:assert/strict";
import {
  colours,
  expand,
  experiment,
  finetune,
  floors,
  fuse,
  gradients,
  knn,
  linear,
  mean,
  networkName,
  pixels,
  scaleOf,
  trial,
  untrained,
} from "@/dsl/mod.ts";

const mini = scaleOf("mini");

Deno.test("pixels(), colours() and gradients() are encoders without a source, whose settings stand for their network", () => {
  for (
    const [encoder, method] of [[pixels(), "pixels"], [colours(), "colours"], [
      gradients(),
      "gradients",
    ]] as const
  ) {
    const { network: _, method: __, ...rest } = untrained();
    assert.deepEqual(encoder, { ...rest, method, network: null });
    assert.ok(Object.isFrozen(encoder));
  }
  assert.deepEqual(pixels({ side: 8 }).network, { family: "pixels", side: 8 });
  assert.deepEqual(gradients({ cell: 4 }).network, { ...floors.gradients, cell: 4 });
  assert.deepEqual(
    [...Object.values(floors), gradients({ side: 32, bins: 6 }).network!].map(networkName),
    [
      "16 x 16 pixels",
      "8 x 8 x 8 colours",
      "9 directions, cells of 8 px, blocks of 2, up to 64 px",
      "6 directions, cells of 8 px, blocks of 2, up to 32 px",
    ],
  );
});

Deno.test("a floor's settings are whole numbers, and no others are known", () => {
  assert.throws(() => pixels({ side: 0 }), {
    problem: "pixels(): side is 0",
    remedy: "Give 1, 2, 3, …",
  });
  assert.throws(() => gradients({ bins: 1.5 }), { problem: "gradients(): bins is 1.5" });
  // @ts-expect-error a histogram of colours has no side
  assert.throws(() => colours({ side: 8 }), {
    problem: 'colours(): the field "side" is not known; its value is 8',
    remedy: "The field is bins",
  });
  // @ts-expect-error a floor is no network
  assert.throws(() => untrained({ network: pixels({ side: 8 }).network }), {
    problem: 'untrained(): the field "network.side" is not known; its value is 8',
  });
});

Deno.test("expand() tells floors by their name, and by their settings where these are not their own", () => {
  const conditions = expand(
    experiment({
      id: "floors",
      title: "t",
      question: "q",
      reference: "none",
      trials: [
        trial(pixels(), linear("species")),
        trial(pixels({ side: 8 }), linear("species")),
        trial(fuse(colours(), gradients()), knn("species")),
        trial(gradients(), finetune("species")),
      ],
    }),
    mini,
    { seeds: 1 },
  );
  assert.deepEqual(conditions.map(({ name }) => name), [
    "pixels -> linear species (all)",
    "pixels, 8 x 8 pixels -> linear species (all)",
    "colours & gradients -> knn species (all)",
    "gradients -> finetune species (all)",
  ]);
  assert.deepEqual(conditions[0]!.encoders, [{
    method: "pixels",
    sources: [],
    corruption: { kind: "clean" },
    budget: "recipe",
    replica: 0,
    network: floors.pixels,
    ownNetwork: false,
    training: null,
    changes: { settings: {}, text: "" },
  }]);
});

Deno.test("a selection names a floor by its method, and one of other settings by these", () => {
  const { network } = pixels({ side: 8 });
  assert.deepEqual(mean({ method: "pixels", network: network! }).where.network, network);
  assert.throws(() => mean({ method: "pixel" as "pixels" }), {
    problem: 'mean(): method "pixel" is not known',
    remedy: /^Did you mean "pixels"\?/,
  });
  assert.throws(() => mean({ network: { family: "pixels", side: -1 } }), {
    problem: "mean(): network.side is -1",
  });
});
