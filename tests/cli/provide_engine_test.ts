import assert from "node:assert/strict";
import { dirname } from "node:path";
import { exists } from "@/lib/base/files.ts";
import { fetchLibraries, provideEngine } from "@/lib/cli/provide_engine.ts";
import { findLibrary } from "@/lib/tensor/library.ts";
import { findPlugin } from "@/lib/tensor/plugin.ts";
import { cacheFolder } from "@/lib/tensor/provision/cache.ts";
import { packageFor } from "@/lib/tensor/provision/package.ts";
import { pluginPackage } from "@/lib/tensor/provision/plugins.ts";
import type { LibraryPackage } from "@/lib/tensor/provision/wheel.ts";
import { withFolder } from "@/tests/cli/command.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";
import { compileDriver, hasCompiler } from "@/tests/tensor/fake_driver.ts";
import { fillCache } from "@/tests/tensor/provision/fake_cache.ts";

/** For other machines there is no package with that plugin. */
const canRunXlaOnCpu = Deno.build.os === "linux";

const engine = { backend: "tensorflow", device: "cpu", check: false } as const;

Deno.test("provideEngine() refuses a file that is no library of TensorFlow, before any work and in one line", () =>
  withFolder(async (folder) => {
    const whole = await findLibrary();
    await Deno.writeTextFile(`${folder}/text.so`, "no library\n");
    using file = await Deno.open(whole);
    const start = new Uint8Array(2 ** 20);
    await file.read(start);
    await Deno.writeFile(`${folder}/cut.so`, start);
    const other = `${dirname(whole)}/libtensorflow_framework.so.2`;
    for (
      const [library, problem] of [
        [`${folder}/text.so`, "cannot be used"],
        [`${folder}/cut.so`, "cannot be used"],
        ...await exists(other) ? [[other, "cannot be used"]] : [],
        [folder, "is not a file"],
        [`${folder}/missing.so`, "is not a file"],
      ] as [string, string][]
    ) {
      await withEnvironment(
        { TENSORFLOW_LIBRARY: library },
        () =>
          assert.rejects(provideEngine(engine, true), ({ name, message }: Error) => {
            assert.equal(name, "InputError");
            assert.ok(message.includes(library) && message.includes(problem), message);
            assert.match(message, /TENSORFLOW_LIBRARY|unset it/);
            assert.doesNotMatch(message, /\n|cannot be used.*cannot be used/);
            return true;
          }),
      );
    }
  }));

Deno.test("provideEngine() refuses a device that is not there before anything is fetched", () =>
  withFolder((folder) =>
    withEnvironment({
      // NVIDIA's own variable, by which a driver shows none of its GPUs.
      CUDA_VISIBLE_DEVICES: "",
      WHEN_CONTRASTIVE_LIBRARIES: folder,
      TENSORFLOW_LIBRARY: undefined,
      PJRT_PLUGIN: undefined,
      VIRTUAL_ENV: folder,
    }, async () => {
      await assert.rejects(provideEngine({ ...engine, device: "gpu" }, true), {
        name: "InputError",
        message:
          /^device: a GPU is asked for, but .*\. Compute on the CPU \(--device cpu\), or see/,
      });
      assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
    })
  ));

Deno.test("provideEngine() refuses a plugin that is none, or that has not the device, in one line", () =>
  withFolder(async (folder) => {
    const text = `${folder}/text.so`;
    await Deno.writeTextFile(text, "no plugin\n");
    const refuse = (plugin: string, device: string, message: RegExp) =>
      withEnvironment(
        { PJRT_PLUGIN: plugin },
        () =>
          assert.rejects(provideEngine({ ...engine, device }, true), {
            name: "InputError",
            message,
          }),
      );
    await refuse(text, "tpu", /text\.so, from PJRT_PLUGIN, cannot be used: [^\n]+$/);
    await refuse(folder, "tpu", /^PJRT_PLUGIN: ".*" is not a file/);
    if (!canRunXlaOnCpu) return;
    const { path } = await findPlugin("xla-cpu");
    await refuse(
      path,
      "tpu",
      /cannot be used: "tpu" is asked for, and \S+ computes on the platform "cpu"\. Set/,
    );
    await withEnvironment(
      { PJRT_PLUGIN: path },
      () => provideEngine({ ...engine, device: "xla-cpu*2" }, true),
    );
  }));

Deno.test({
  name: "provideEngine() refuses more GPUs than there are, and says how many there are",
  ignore: !(await hasCompiler()),
  fn: () =>
    withFolder(async (folder) => {
      await compileDriver(`${folder}/libcuda.so.1`, { version: 13000 });
      const program = `${import.meta.dirname}/provide_engine_process.ts`;
      const say = async (device: string) => {
        const { stdout } = await new Deno.Command(Deno.execPath(), {
          args: ["run", "-A", "--quiet", program, device],
          env: { LD_LIBRARY_PATH: folder },
        }).output();
        return new TextDecoder().decode(stdout);
      };
      for (const device of ["gpu:2", "gpu*3"]) {
        assert.equal(
          await say(device),
          `device: "${device}" is asked for, and there are 2 GPUs. ` +
            "Give gpu, or see what deno task doctor lists",
        );
      }
    }),
});

Deno.test({
  name:
    "fetchLibraries() gives TensorFlow's folder, and for GPUs the plugin's with the CUDA that is asked for",
  ignore: `${Deno.build.os}-${Deno.build.arch}` !== "linux-x86_64",
  fn: () =>
    withFolder(async (folder) => {
      const tensorflow = packageFor();
      const [cuda12, cuda13] = [pluginPackage("cuda12"), pluginPackage("cuda13")];
      for (const one of [tensorflow, cuda12, cuda13]) await fillCache(one, folder);
      const folders = (...all: readonly LibraryPackage[]) =>
        all.map((one) => cacheFolder(one, folder));
      const here = {
        WHEN_CONTRASTIVE_LIBRARIES: folder,
        TENSORFLOW_LIBRARY: undefined,
        PJRT_PLUGIN: undefined,
      };
      await withEnvironment(here, async () => {
        const fetched = await fetchLibraries({ device: "cpu", cuda: 12 });
        assert.deepEqual(fetched, folders(tensorflow));
        const older = await fetchLibraries({ device: "gpu", cuda: 12 });
        assert.deepEqual(older, folders(tensorflow, cuda12));
        const newer = await fetchLibraries({ device: "gpu", cuda: 13 });
        assert.deepEqual(newer, folders(tensorflow, cuda13));
      });
      // What the environment names need not be fetched.
      const own = { ...here, TENSORFLOW_LIBRARY: "/tf.so", PJRT_PLUGIN: "/plugin.so" };
      await withEnvironment(own, async () => {
        assert.deepEqual(await fetchLibraries({ device: "gpu", cuda: 13 }), []);
      });
    }),
});
