import assert from "node:assert/strict";

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

/** Whether this machine can make libraries that stand in for others. */
export async function hasCompiler(): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  try {
    return (await new Deno.Command("cc", { args: ["--version"], stdout: "null" }).output()).success;
  } catch {
    return false;
  }
}

/** Makes a library of C text, with further arguments of the compiler. */
export async function compileLibrary(
  path: string,
  text: string,
  { args = [] }: { readonly args?: readonly string[] } = {},
): Promise<string> {
  const source = `${path}.c`;
  await Deno.writeTextFile(source, text);
  const { success, stderr } = await new Deno.Command("cc", {
    args: ["-shared", "-fPIC", "-o", path, source, ...args],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return path;
}

/**
 * Makes a library that stands in for NVIDIA's driver.
 *
 * @param options.started What it says when it is started: 0 where all is well.
 * @param options.version The CUDA that it knows, such as 12040.
 */
export async function compileDriver(
  path: string,
  { started = 0, version = 12040 }: { readonly started?: number; readonly version?: number } = {},
): Promise<string> {
  return await compileLibrary(path, DRIVER, {
    args: [`-DSTARTED=${started}`, `-DVERSION=${version}`],
  });
}
