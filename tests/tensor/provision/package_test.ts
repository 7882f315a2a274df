import assert from "node:assert/strict";
import { packageFor } from "@/lib/tensor/provision/package.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";

Deno.test("packageFor() knows the wheel of each machine that TensorFlow is published for", () => {
  const described = ["linux-x86_64", "linux-aarch64", "darwin-aarch64"].map((machine) => {
    const { name, version, platform, files } = packageFor(machine).wheels[0];
    return `${name} ${version} ${platform} ${files[0]}`;
  });
  assert.deepEqual(described, [
    "tensorflow-cpu 2.21.0 manylinux_2_27_x86_64 tensorflow/libtensorflow_cc.so.2",
    "tensorflow 2.21.0 manylinux_2_27_aarch64 tensorflow/libtensorflow_cc.so.2",
    "tensorflow 2.21.0 macosx_12_0_arm64 tensorflow/libtensorflow_cc.2.dylib",
  ]);
});

Deno.test("packageFor() lets a mirror stand in for where the archives are", async () => {
  const address = () => packageFor("linux-x86_64").archive!.url;
  await withEnvironment({ WHEN_CONTRASTIVE_ARCHIVES: "http://mirror.test/tf" }, () => {
    assert.equal(
      address(),
      "http://mirror.test/tf/2.18.0/libtensorflow-cpu-linux-x86_64.tar.gz",
    );
  });
  await withEnvironment({ WHEN_CONTRASTIVE_ARCHIVES: undefined }, () => {
    assert.match(address(), /^https:\/\/[^/]+\/tensorflow\/versions\/2\.18\.0\/libtensorflow-cpu/);
  });
});

Deno.test("packageFor() refuses other machines and says what to do", () => {
  assert.throws(() => packageFor("windows-x86_64"), {
    name: "InputError",
    message: /there is no package with it for windows-x86_64.* Or set TENSORFLOW_LIBRARY/,
  });
});
