import assert from "node:assert/strict";
import { librariesBeside } from "@/lib/tensor/provision/cuda.ts";
import { pluginPackage } from "@/lib/tensor/provision/plugins.ts";
import { describePackage } from "@/lib/tensor/provision/wheel.ts";
import { inFolder } from "@/tests/tensor/provision/fake_wheel.ts";

const machine = "linux-x86_64";

Deno.test("pluginPackage() knows the wheels of each plugin, and their sizes", () => {
  const described = (["cuda12", "cuda13", "tpu", "xla-cpu"] as const).map((target) =>
    describePackage(pluginPackage(target, machine))
  );
  assert.deepEqual(described, [
    "jax-cuda12-pjrt 0.12.0.1 with NVIDIA's CUDA libraries: 2.9 GB to fetch, 4.3 GB to keep",
    "jax-cuda13-pjrt 0.12.0.1 with NVIDIA's CUDA libraries: 2.3 GB to fetch, 3.3 GB to keep",
    "libtpu 0.0.52: 137 MB to fetch, 467 MB to keep",
    "xla-cpu-pjrt 0.0.1: 63 MB to fetch, 259 MB to keep",
  ]);
  assert.equal(
    pluginPackage("xla-cpu", "linux-aarch64").wheels[0].platform,
    "manylinux_2_27_aarch64",
  );
});

Deno.test("pluginPackage() brings CUDA's libraries to where its plugin's are looked for", () =>
  inFolder(async (folder) => {
    for (const cuda of [12, 13] as const) {
      const files = pluginPackage(`cuda${cuda}`, machine).wheels.flatMap(({ files }) => files);
      assert.equal(new Set(files).size, files.length);
      for (const file of files) {
        const path = `${folder}/${cuda}/${file}`;
        await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
        await Deno.writeTextFile(path, "");
      }
      const found = await librariesBeside(`${folder}/${cuda}/${files[0]}`);
      // All that are opened by name, but NVSHMEM.
      assert.equal(found.length, 11);
    }
  }));

Deno.test("pluginPackage() refuses machines for which none is published, and says what to do", () => {
  assert.throws(() => pluginPackage("cuda13", "linux-aarch64"), {
    name: "InputError",
    message: "PJRT plugin: there is no package with one for NVIDIA's GPUs (CUDA 13) on " +
      "linux-aarch64, only on linux-x86_64. Compute on the CPU (--device cpu). Or set PJRT_PLUGIN " +
      "to the path of a plugin that you have",
  });
});
