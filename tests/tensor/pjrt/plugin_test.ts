import assert from "node:assert/strict";
import { InputError } from "@/lib/base/errors.ts";
import { readApi } from "@/lib/tensor/pjrt/api.ts";
import { PjrtError } from "@/lib/tensor/pjrt/error.ts";
import { openPlugin } from "@/lib/tensor/pjrt/plugin.ts";
import { notStarted } from "@/lib/tensor/pjrt/plugin_errors.ts";
import { withFolder } from "@/tests/cli/command.ts";
import { plugin } from "@/tests/tensor/pjrt/plugin.ts";

const REMEDY = "Set PJRT_PLUGIN to one for this machine, or compute on the CPU (--device cpu)";

/** Holds that a path is refused as no plugin, for a reason. */
function refuses(path: string, reason: RegExp): void {
  assert.throws(() => openPlugin(path), (error) => {
    assert.ok(error instanceof Error);
    assert.equal(error.name, "InputError");
    assert.equal("kind" in error && error.kind, "machine");
    const start = `PJRT plugin: ${path} cannot be used: `;
    assert.ok(error.message.startsWith(start) && error.message.endsWith(`. ${REMEDY}`));
    assert.match(error.message.slice(start.length, -REMEDY.length - 2), reason);
    return true;
  });
}

Deno.test("openPlugin() gives the same plugin for the same path", () => {
  assert.equal(openPlugin(plugin.path), plugin);
});

Deno.test("openPlugin() refuses a path with no file", () => {
  refuses("/no/such/plugin.so", /^there is no such file or folder$/);
});

Deno.test("openPlugin() refuses a folder, and a file that is no library", () =>
  withFolder(async (folder) => {
    refuses(folder, /^it is no file$/);
    const path = `${folder}/plugin.so`;
    await Deno.writeTextFile(path, "no library");
    refuses(path, /file too short|invalid ELF header|not a mach-o file/);
  }));

Deno.test("openPlugin() refuses a library of another architecture, and names both", () =>
  withFolder(async (folder) => {
    const path = `${folder}/plugin.so`;
    const head = new Uint8Array(64);
    const [machine, name] = Deno.build.arch === "aarch64" ? [62, "x86_64"] : [183, "aarch64"];
    head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    head[18] = machine as number;
    await Deno.writeFile(path, head);
    refuses(path, new RegExp(`^it is for ${name}, and this machine is ${Deno.build.arch}$`));
  }));

Deno.test("openPlugin() refuses a plugin that is cut short, which would end the process", {
  ignore: Deno.build.os !== "linux",
}, () =>
  withFolder(async (folder) => {
    const path = `${folder}/plugin.so`;
    using whole = await Deno.open(plugin.path);
    const start = new Uint8Array(4096), { size } = await whole.stat();
    await whole.read(start);
    await Deno.writeFile(path, start);
    refuses(path, new RegExp(`^it is cut short: it has 4096 bytes of ${size}$`));
  }));

Deno.test("openPlugin() refuses a library that is no plugin", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  const [libc] = /\/\S*\/libc\.so\.6/.exec(await Deno.readTextFile("/proc/self/maps"))!;
  refuses(libc, /^it has no GetPjrtApi, as every PJRT plugin has$/);
});

/** A `PJRT_Api` with a size and version and no function. */
function emptyApi(size: number, major: number): Deno.PointerObject {
  const table = new DataView(tableBytes.buffer);
  table.setBigUint64(0, BigInt(size), true);
  table.setInt32(32, major, true);
  table.setInt32(36, 12, true);
  return Deno.UnsafePointer.of(tableBytes)!;
}
const tableBytes = new Uint8Array(1024);

Deno.test("a plugin of another major version of the API is refused", () => {
  assert.throws(() => readApi(emptyApi(1024, 1), "new.so"), {
    name: "InputError",
    kind: "machine",
    message:
      "PJRT plugin: new.so cannot be used: its API is of version 1.12, and only 0.x is known. " +
      REMEDY,
  });
});

Deno.test("a plugin too old for a function that is called is refused then", () => {
  for (const size of [64, 1024]) {
    const api = readApi(emptyApi(size, 0), "old.so");
    assert.throws(() => api.call("PJRT_Client_Create", {}), {
      name: "InputError",
      kind: "machine",
      message: "PJRT plugin: old.so cannot be used: its API is of version 0.12, which has no " +
        `PJRT_Client_Create. ${REMEDY}`,
    });
  }
});

Deno.test("a plugin that does not start tells why in its own words", () => {
  const words = "CUDA driver version is insufficient for CUDA runtime version.\nTrace:\n  a.cc:1";
  const error = notStarted("cuda.so", new PjrtError(words, 9));
  assert.ok(error instanceof InputError);
  assert.equal(error.kind, "machine");
  assert.equal(
    error.message,
    "PJRT plugin: cuda.so does not start: CUDA driver version is insufficient for CUDA runtime version. " +
      "See that its device is there and free and its driver is new enough, or compute on the CPU (--device cpu)",
  );
});

Deno.test("the message of a plugin's error is its first line, and the next where that ends with a colon", () => {
  assert.equal(
    new PjrtError("E1: Mismatch:\nexpected 1\nmore", 3).message,
    "E1: Mismatch: expected 1",
  );
  assert.equal(new PjrtError("\nwrong\nmore", 3).message, "wrong");
  assert.equal(new PjrtError("wrong", 3).kind, "bug");
  assert.equal(new PjrtError("full", 8).kind, "out of memory");
  assert.equal(new PjrtError("Compute error: Out of memory allocating", 13).kind, "out of memory");
});
