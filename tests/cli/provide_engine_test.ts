import assert from "node:assert/strict";
import { dirname } from "node:path";
import { exists } from "@/lib/base/files.ts";
import { provideEngine } from "@/lib/cli/provide_engine.ts";
import { findLibrary } from "@/lib/tensor/library.ts";
import { findPlugin } from "@/lib/tensor/plugin.ts";
import { withFolder } from "@/tests/cli/command.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";

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
      /cannot be used: it computes on the platform "cpu", not on "tpu"\. Set/,
    );
    await refuse(path, "xla-cpu:99", /"xla-cpu:99" is asked for, and it shows \d+ of them/);
    await withEnvironment(
      { PJRT_PLUGIN: path },
      () => provideEngine({ ...engine, device: "xla-cpu*2" }, true),
    );
  }));
