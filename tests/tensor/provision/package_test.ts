import assert from "node:assert/strict";
import { packageFor } from "@/lib/tensor/provision/package.ts";

Deno.test("packageFor() knows the wheel of each machine that TensorFlow is published for", () => {
  assert.equal(packageFor("linux-x86_64").name, "tensorflow-cpu");
  assert.equal(packageFor("linux-aarch64").platform, "manylinux_2_27_aarch64");
  assert.equal(packageFor("darwin-aarch64").libraries[0], "tensorflow/libtensorflow_cc.2.dylib");
});

Deno.test("packageFor() refuses other machines and says what to do", () => {
  assert.throws(() => packageFor("windows-x86_64"), {
    name: "InputError",
    message: /there is no package with it for windows-x86_64.* Or set TENSORFLOW_LIBRARY/,
  });
});
