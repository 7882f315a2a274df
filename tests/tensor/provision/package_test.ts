import assert from "node:assert/strict";
import { packageFor } from "@/lib/tensor/provision/package.ts";
import { describePackage, placeOf } from "@/lib/tensor/provision/wheel.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";

Deno.test("packageFor() knows the wheel of each machine that TensorFlow is published for", () => {
  const described = ["linux-x86_64", "linux-aarch64", "darwin-aarch64"].map((machine) => {
    const { name, version, platform, files } = packageFor({ machine }).wheels[0];
    return `${name} ${version} ${platform} ${files[0]}`;
  });
  assert.deepEqual(described, [
    "tensorflow-cpu 2.21.0 manylinux_2_27_x86_64 tensorflow/libtensorflow_cc.so.2",
    "tensorflow 2.21.0 manylinux_2_27_aarch64 tensorflow/libtensorflow_cc.so.2",
    "tensorflow 2.21.0 macosx_12_0_arm64 tensorflow/libtensorflow_cc.2.dylib",
  ]);
});

Deno.test("packageFor() adds NVIDIA's libraries for a GPU, where TensorFlow looks for them", () => {
  const wanted = packageFor({ machine: "linux-x86_64", device: "gpu" });
  const places = wanted.wheels.flatMap((wheel) => wheel.files.map((file) => placeOf(wheel, file)));
  assert.equal(places[0], "tensorflow/libtensorflow_cc.so.2");
  for (
    const place of [
      "nvidia/cublas/lib/libcublasLt.so.12",
      "nvidia/cublas/lib/libcusolver.so.11",
      "nvidia/cuda_nvcc/bin/ptxas",
      "nvidia/cudnn/lib/libcudnn_engines_precompiled.so.9",
      "nvidia/nccl/lib/libnccl.so.2",
    ]
  ) assert.ok(places.includes(place), place);
  assert.equal(new Set(places).size, places.length);
  assert.equal(
    describePackage(wanted),
    "tensorflow 2.21.0 with NVIDIA's CUDA libraries: 3.3 GB to fetch, 5.1 GB to keep",
  );
});

Deno.test("packageFor() lets a mirror stand in for where the archives are", async () => {
  const address = () => packageFor({ machine: "linux-x86_64" }).archive!.url;
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
  assert.throws(() => packageFor({ machine: "windows-x86_64" }), {
    name: "InputError",
    message: /there is no package with it for windows-x86_64.* Or set TENSORFLOW_LIBRARY/,
  });
  assert.throws(() => packageFor({ machine: "linux-aarch64", device: "gpu" }), {
    message: "TensorFlow's library: there is no package for GPUs on linux-aarch64, only on " +
      "linux-x86_64. Use the CPU (device cpu)",
  });
});
