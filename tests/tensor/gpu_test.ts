import assert from "node:assert/strict";
import { searchGpus } from "@/lib/tensor/gpu.ts";
import { compileDriver, hasCompiler } from "@/tests/tensor/fake_driver.ts";
import { inFolder } from "@/tests/tensor/provision/fake_wheel.ts";

Deno.test({
  name: "searchGpus() reads from the driver what GPUs there are, and why there is none",
  ignore: !(await hasCompiler()),
  fn: () =>
    inFolder(async (folder) => {
      let made = 0;
      const driver = (options: Parameters<typeof compileDriver>[1]) =>
        compileDriver(`${folder}/libcuda-${made++}.so`, options);
      assert.deepEqual(searchGpus(await driver({})), {
        driver: 12.4,
        gpus: [
          { name: "Old Card", computeCapability: 7.5, memoryBytes: 8e9 },
          { name: "New Card", computeCapability: 8.9, memoryBytes: 80e9 },
        ],
      });
      assert.deepEqual(searchGpus(await driver({ version: 11040 })), {
        gpus: [],
        problem: "NVIDIA's driver is too old: it knows CUDA 11.4, and 12.0 is needed",
      });
      const problemOf = async (started: number) => searchGpus(await driver({ started })).problem;
      assert.equal(await problemOf(100), "NVIDIA's driver sees no GPU");
      assert.equal(await problemOf(999), "NVIDIA's driver does not start (its error 999)");
    }),
});

Deno.test("searchGpus() finds none where there is no driver", () => {
  const { gpus, problem } = searchGpus("no-such-driver.so.1");
  assert.deepEqual(gpus, []);
  assert.match(
    problem!,
    Deno.build.os === "linux" ? /^no NVIDIA driver|not to be found here$/ : /only on Linux/,
  );
});
