import assert from "node:assert/strict";
import { campaign } from "@/tests/campaign/campaign.ts";
import { problemsOf } from "@/tests/campaign/row.ts";

Deno.test({
  name:
    "a study whose processes are killed, whose files are damaged, and whose processes see each other late comes to the same artifacts",
  ignore: Deno.build.os === "windows",
  async fn() {
    const rows = await campaign({ kills: 4, damage: 6, lag: 1 }, { seed: 7 });
    assert.deepEqual(rows.map(({ times }) => times), [4, 6, 1]);
    assert.ok(rows.every(({ results }) => results.length > 0));
    assert.deepEqual(rows.flatMap(problemsOf), []);
  },
});
