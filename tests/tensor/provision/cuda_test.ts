import assert from "node:assert/strict";
import { cudaOf, librariesBeside, suitedCuda, whyNotCuda } from "@/lib/tensor/provision/cuda.ts";
import { inFolder } from "@/tests/tensor/provision/fake_wheel.ts";

const card = { name: "A card", computeCapability: 9, memoryBytes: 8e9 };
const old = { name: "An old card", computeCapability: 7, memoryBytes: 8e9 };

Deno.test("suitedCuda() goes by the driver and by the oldest card", () => {
  assert.deepEqual(suitedCuda({ gpus: [card], driver: 13.1 }), [13, 12]);
  assert.deepEqual(suitedCuda({ gpus: [card], driver: 12.9 }), [12]);
  assert.deepEqual(suitedCuda({ gpus: [card, old], driver: 13 }), [12]);
  assert.deepEqual(suitedCuda({ gpus: [], problem: "no driver" }), []);
});

Deno.test("whyNotCuda() says which version is there and which is needed", () => {
  assert.equal(whyNotCuda(12, { gpus: [card], driver: 12 }), undefined);
  assert.equal(
    whyNotCuda(13, { gpus: [card], driver: 12.8 }),
    "NVIDIA's driver is too old: it knows CUDA 12.8, and 13.0 is needed",
  );
  assert.equal(
    whyNotCuda(13, { gpus: [card, old], driver: 13 }),
    "An old card has compute capability 7.0, and CUDA 13 needs 7.5",
  );
  assert.equal(whyNotCuda(13, { gpus: [], problem: "no driver was found" }), "no driver was found");
});

Deno.test("cudaOf() reads CUDA's version from where JAX's packages put a plugin", () => {
  assert.equal(cudaOf("/s/jax_plugins/xla_cuda13/xla_cuda_plugin.so"), 13);
  assert.equal(cudaOf("/s/jax_plugins/xla_cuda12/xla_cuda_plugin.so"), 12);
  assert.equal(cudaOf("/s/jax_plugins/xla_rocm7/xla_rocm_plugin.so"), undefined);
  assert.equal(cudaOf("/s/xla_cuda13/xla_cuda_plugin.so"), undefined);
});

Deno.test("librariesBeside() lists CUDA's libraries so that each comes after those it needs", () =>
  inFolder(async (site) => {
    const put = async (...files: readonly string[]) => {
      for (const file of files) {
        const path = `${site}/nvidia/${file}`;
        await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
        await Deno.writeTextFile(path, "");
      }
    };
    await put("cudnn/lib/libcudnn_ops.so.9", "cudnn/lib/libcudnn.so.9", "nccl/lib/libnccl.so.2");
    await put("cu13/lib/libcublasLt.so.13", "cu13/lib/libcublas.so.13", "cu13/lib/libcudart.so.13");
    await put("cublas/lib/libcublas.so.12", "cuda_runtime/lib/libcudart.so.12");
    const beside = async (cuda: number) =>
      (await librariesBeside(`${site}/jax_plugins/xla_cuda${cuda}/xla_cuda_plugin.so`))
        .map((path) => path.slice(`${site}/nvidia/`.length));
    assert.deepEqual(await beside(13), [
      "cu13/lib/libcudart.so.13",
      "cu13/lib/libcublasLt.so.13",
      "cu13/lib/libcublas.so.13",
      "nccl/lib/libnccl.so.2",
      "cudnn/lib/libcudnn.so.9",
    ]);
    assert.deepEqual(await beside(12), [
      "cuda_runtime/lib/libcudart.so.12",
      "cublas/lib/libcublas.so.12",
      "nccl/lib/libnccl.so.2",
      "cudnn/lib/libcudnn.so.9",
    ]);
    assert.deepEqual(await librariesBeside(`${site}/plugin.so`), []);
  }));
