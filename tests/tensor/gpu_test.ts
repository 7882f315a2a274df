import assert from "node:assert/strict";
import { searchGpus } from "@/lib/tensor/gpu.ts";
import { inFolder } from "@/tests/tensor/provision/fake_wheel.ts";

/** NVIDIA's driver as far as it is called, with two GPUs. */
const DRIVER = `
#include <string.h>
int cuInit(unsigned flags) { return STARTED; }
int cuDriverGetVersion(int *version) { *version = VERSION; return 0; }
int cuDeviceGetCount(int *count) { *count = 2; return 0; }
int cuDeviceGet(int *device, int index) { *device = index + 40; return 0; }
int cuDeviceGetName(char *name, int length, int device) {
  strncpy(name, device == 40 ? "Old Card" : "New Card", length);
  return 0;
}
int cuDeviceGetAttribute(int *value, int attribute, int device) {
  *value = attribute == 75 ? (device == 40 ? 7 : 8) : attribute == 76 ? (device == 40 ? 5 : 9) : -1;
  return 0;
}
int cuDeviceTotalMem_v2(unsigned long *bytes, int device) {
  *bytes = device == 40 ? 8000000000ul : 80000000000ul;
  return 0;
}
`;

async function hasCompiler(): Promise<boolean> {
  try {
    return (await new Deno.Command("cc", { args: ["--version"], stdout: "null" }).output()).success;
  } catch {
    return false;
  }
}

const isPossible = Deno.build.os === "linux" && Deno.build.arch === "x86_64";

async function compileDriver(
  folder: string,
  { started = 0, version = 12040 }: { started?: number; version?: number },
): Promise<string> {
  const library = `${folder}/libcuda-${started}-${version}.so`;
  await Deno.writeTextFile(`${folder}/driver.c`, DRIVER);
  const numbers = [`-DSTARTED=${started}`, `-DVERSION=${version}`];
  const { success } = await new Deno.Command("cc", {
    args: ["-shared", "-fPIC", ...numbers, "-o", library, `${folder}/driver.c`],
  }).output();
  assert.ok(success);
  return library;
}

Deno.test({
  name: "searchGpus() reads from the driver what GPUs there are, and why there is none",
  ignore: !isPossible || !(await hasCompiler()),
  fn: () =>
    inFolder(async (folder) => {
      assert.deepEqual(searchGpus(await compileDriver(folder, {})), {
        gpus: [
          { name: "Old Card", computeCapability: 7.5, memoryBytes: 8e9 },
          { name: "New Card", computeCapability: 8.9, memoryBytes: 80e9 },
        ],
      });
      assert.deepEqual(searchGpus(await compileDriver(folder, { version: 11040 })), {
        gpus: [],
        problem:
          "NVIDIA's driver is too old: it knows CUDA 11.4, and TensorFlow's package needs 12.0",
      });
      const problemOf = async (started: number) =>
        searchGpus(await compileDriver(folder, { started })).problem;
      assert.equal(await problemOf(100), "NVIDIA's driver sees no GPU");
      assert.equal(await problemOf(999), "NVIDIA's driver does not start (its error 999)");
    }),
});

Deno.test("searchGpus() finds none where there is no driver", () => {
  const { gpus, problem } = searchGpus("no-such-driver.so.1");
  assert.deepEqual(gpus, []);
  assert.match(problem!, isPossible ? /^no NVIDIA driver|not to be found here$/ : /only on Linux/);
});
