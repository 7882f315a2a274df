/** A plugin that computes on something else than the device that is asked for. */

import assert from "node:assert/strict";
import { loadBackend } from "@/lib/tensor/mod.ts";
import { findPlugin } from "@/lib/tensor/plugin.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";

Deno.test({
  name:
    "loadBackend() refuses a plugin of another platform, whose results would be kept under the device's name",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const { path } = await findPlugin("xla-cpu");
    await withEnvironment({ PJRT_PLUGIN: path }, async () => {
      for (const [device, kind] of [["gpu", "gpu"], ["gpu*2", "gpu"], ["tpu", "tpu"]] as const) {
        await assert.rejects(loadBackend({ device }), {
          name: "InputError",
          kind: "machine",
          message: `device: "${kind}" is asked for, and ${path} computes on the platform "cpu". ` +
            "Set PJRT_PLUGIN to one for it, or unset it, or ask for the device that it is for",
        });
      }
      const { device } = await loadBackend({ device: "xla-cpu" });
      assert.equal(device, "xla-cpu");
    });
  },
});
