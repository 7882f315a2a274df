import assert from "node:assert/strict";
import { checkUntried } from "@/lib/tensor/untried.ts";

Deno.test("checkUntried() names first what this machine needs", () => {
  const here = { machine: "linux-x86_64", hasGpu: false, fromArchive: false };
  const plain = checkUntried(here);
  assert.equal(plain.state, "untried");
  assert.match(plain.detail, /^here: nothing; elsewhere: macOS on Apple silicon, Linux on arm64, /);
  assert.equal(plain.remedy, undefined);
  const gpu = checkUntried({ ...here, hasGpu: true, fromArchive: true });
  assert.equal(
    gpu.detail,
    "here: the PJRT plugins for GPUs and TPUs, the archive of TensorFlow's C library; " +
      "elsewhere: macOS on Apple silicon, Linux on arm64",
  );
  assert.match(gpu.remedy!, /deno task test/);
});
