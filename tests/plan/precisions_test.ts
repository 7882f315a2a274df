import assert from "node:assert/strict";
import { domain, finetune, linear, scaleOf, simclr, trial, untrained } from "@/dsl/mod.ts";
import { expand, experiment, type Trial } from "@/dsl/mod.ts";
import { plan, precisionsOf } from "@/lib/plan/mod.ts";
import { domains, mini } from "@/tests/plan/planned.ts";

function precisions(trials: readonly Trial[], scale = mini) {
  const own = experiment({ id: "own", title: "t", question: "q", reference: "r", trials });
  return [...precisionsOf(plan(expand(own, scale, { seeds: 1 }), domains))];
}

Deno.test("precisionsOf() has those of the plan's trainings, of fine-tuning and of settings of their own", () => {
  const encoder = simclr(domain("species"));
  assert.deepEqual(precisions([trial(encoder, linear("species"))]), ["float32"]);
  assert.deepEqual(
    precisions([trial(encoder, finetune("species"))], scaleOf("mini", { precision: "bfloat16" })),
    ["bfloat16"],
  );
  const half = simclr(domain("species"), { training: { precision: "bfloat16" } });
  assert.deepEqual(
    precisions([trial(encoder, linear("species")), trial(half, linear("species"))]),
    [
      "float32",
      "bfloat16",
    ],
  );
  assert.deepEqual(precisions([trial(untrained(), linear("species"))]), []);
});
