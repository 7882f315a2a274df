import assert from "node:assert/strict";
import { findPlugin, lookForPlugin } from "@/lib/tensor/plugin.ts";
import { pluginPackage } from "@/lib/tensor/provision/plugins.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";
import { compileDriver, hasCompiler } from "@/tests/tensor/fake_driver.ts";
import { fillCache } from "@/tests/tensor/provision/fake_cache.ts";
import { fakePython, inFolder } from "@/tests/tensor/provision/fake_wheel.ts";

/** A Python whose packages lie in `folder/site`, where these files are. */
async function pythonWith(
  folder: string,
  files: readonly string[],
): Promise<Record<string, string>> {
  for (const file of files) {
    const path = `${folder}/site/${file}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, "");
  }
  return await fakePython(
    folder,
    `#!/bin/sh\necho\necho ${folder}/none.zip\necho ${folder}/site\n`,
  );
}

/** NVIDIA's own variable, by which a driver shows none of its GPUs; and nothing of this machine's besides. */
const nothing = { CUDA_VISIBLE_DEVICES: "", PJRT_PLUGIN: undefined, VIRTUAL_ENV: undefined };

Deno.test("findPlugin() takes the file that PJRT_PLUGIN names, and refuses what is none", () =>
  inFolder(async (folder) => {
    const path = `${folder}/plugin.so`;
    await Deno.writeTextFile(path, "");
    await withEnvironment({ ...nothing, PJRT_PLUGIN: path }, async () => {
      const found = { path, libraries: [], origin: "PJRT_PLUGIN" };
      for (const device of ["gpu", "tpu", "xla-cpu"] as const) {
        assert.deepEqual(await findPlugin(device), found);
      }
    });
    await withEnvironment(
      { ...nothing, PJRT_PLUGIN: folder },
      () =>
        assert.rejects(findPlugin("gpu"), {
          name: "InputError",
          message: `PJRT_PLUGIN: "${folder}" is not a file. Set it to the path of a PJRT plugin ` +
            "(a shared library), or unset it to have one found",
        }),
    );
  }));

Deno.test("findPlugin() finds the plugins of Python packages, other makers' without NVIDIA's driver", () =>
  inFolder(async (folder) => {
    const python = await pythonWith(folder, [
      "jax_plugins/__init__.py",
      "jax_plugins/xla_rocm7/__init__.py",
      "jax_plugins/xla_rocm7/xla_rocm_plugin.so",
      "jax_plugins/xla_cuda13/xla_cuda_plugin.so",
      "libtpu/libtpu.so",
    ]);
    const found = (path: string) => ({ path, libraries: [], origin: "a Python package" });
    const check = async () => {
      assert.deepEqual(
        await findPlugin("gpu"),
        found(`${folder}/site/jax_plugins/xla_rocm7/xla_rocm_plugin.so`),
      );
      assert.deepEqual(await findPlugin("tpu"), found(`${folder}/site/libtpu/libtpu.so`));
    };
    await withEnvironment({ ...nothing, ...python }, check);
    // The environment's own Python, whatever the PATH has.
    await withEnvironment({ ...nothing, PATH: "", VIRTUAL_ENV: folder }, check);
    await Deno.remove(`${folder}/site/jax_plugins/xla_rocm7`, { recursive: true });
    await withEnvironment({ ...nothing, ...python }, () =>
      assert.rejects(findPlugin("gpu"), {
        name: "InputError",
        message:
          /^device: a GPU is asked for, but .*\. Compute on the CPU \(--device cpu\), or see that/,
      }));
  }));

Deno.test("lookForPlugin() takes a TPU's and XLA's own from the cache, or says what would be fetched", () =>
  inFolder(async (folder) => {
    const here = { ...nothing, WHEN_CONTRASTIVE_LIBRARIES: folder, PATH: "" };
    const machine = "linux-x86_64";
    await withEnvironment(here, async () => {
      if (`${Deno.build.os}-${Deno.build.arch}` !== machine) return;
      for (const device of ["tpu", "xla-cpu"] as const) {
        assert.deepEqual(await lookForPlugin(device), { wanted: pluginPackage(device) });
        const path = await fillCache(pluginPackage(device), folder);
        assert.deepEqual(await lookForPlugin(device), {
          plugin: { path, libraries: [], origin: "the cache" },
        });
      }
    });
  }));

Deno.test({
  name:
    "lookForPlugin() chooses among CUDA 13 and 12 by the driver, and refuses one that is too old",
  ignore: Deno.build.arch !== "x86_64" || !(await hasCompiler()),
  fn: () =>
    inFolder(async (folder) => {
      const python = await pythonWith(folder, []);
      const look = async (version: number, variables: Record<string, string> = {}) => {
        await Deno.mkdir(`${folder}/${version}`, { recursive: true });
        await compileDriver(`${folder}/${version}/libcuda.so.1`, { version });
        const program = `${import.meta.dirname}/look_for_plugin_process.ts`;
        const { stdout } = await new Deno.Command(Deno.execPath(), {
          args: ["run", "-A", "--quiet", program],
          env: {
            ...{ LD_LIBRARY_PATH: `${folder}/${version}`, VIRTUAL_ENV: "", PJRT_PLUGIN: "" },
            ...{ WHEN_CONTRASTIVE_LIBRARIES: `${folder}/cache`, ...python, ...variables },
          },
        }).output();
        return JSON.parse(new TextDecoder().decode(stdout));
      };
      assert.deepEqual(await look(13000), { wanted: "cuda13" });
      assert.deepEqual(await look(12040), { wanted: "cuda12" });
      assert.deepEqual(await look(11040), {
        refused:
          "device: a GPU is asked for, but NVIDIA's driver is too old: it knows CUDA 11.4, " +
          "and 12.0 is needed. Compute on the CPU (--device cpu), or see that nvidia-smi lists the GPU",
      });
      // What is there runs on the newer driver too.
      const path = await fillCache(pluginPackage("cuda12"), `${folder}/cache`);
      assert.deepEqual(await look(13000), { path, libraries: [], origin: "the cache" });
      const plugins = [12, 13].map((cuda) => `jax_plugins/xla_cuda${cuda}/xla_cuda_plugin.so`);
      await pythonWith(folder, [
        ...plugins,
        "nvidia/cublas/lib/libcublas.so.12",
        "nvidia/cuda_runtime/lib/libcudart.so.12",
        "nvidia/cu13/lib/libcudart.so.13",
      ]);
      const site = `${folder}/site`, origin = "a Python package";
      assert.deepEqual(await look(13000), {
        ...{ path: `${site}/${plugins[1]}`, origin },
        libraries: [`${site}/nvidia/cu13/lib/libcudart.so.13`],
      });
      assert.deepEqual(await look(12040), {
        ...{ path: `${site}/${plugins[0]}`, origin },
        libraries: [
          `${site}/nvidia/cuda_runtime/lib/libcudart.so.12`,
          `${site}/nvidia/cublas/lib/libcublas.so.12`,
        ],
      });
      const own = `${site}/${plugins[1]}`;
      assert.deepEqual(await look(12040, { PJRT_PLUGIN: own }), {
        refused: `PJRT_PLUGIN: ${own} is for CUDA 13, but NVIDIA's driver is too old: it knows ` +
          "CUDA 12.4, and 13.0 is needed. Compute on the CPU (--device cpu), or see that " +
          "nvidia-smi lists the GPU",
      });
    }),
});
