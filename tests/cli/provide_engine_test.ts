import assert from "node:assert/strict";
import { dirname } from "node:path";
import { exists } from "@/lib/base/files.ts";
import { provideEngine } from "@/lib/cli/provide_engine.ts";
import { findLibrary } from "@/lib/tensor/library.ts";
import { withFolder } from "@/tests/cli/command.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";

const engine = { backend: "tensorflow", device: "cpu", check: false } as const;

Deno.test("provideEngine() refuses a file that is no library of TensorFlow, before any work and in one line", () =>
  withFolder(async (folder) => {
    const whole = await findLibrary({ device: "cpu" });
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
