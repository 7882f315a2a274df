import assert from "node:assert/strict";
import { memory, memoryLimit } from "@/lib/base/memory.ts";
import { writeFolder } from "@/tests/data/fixtures.ts";
import { withFolder } from "@/tests/cli/command.ts";

/** The limit where the system's folders hold these files. */
async function limitOf(files: Readonly<Record<string, string>>): Promise<number> {
  let limit = NaN;
  await withFolder(async (root) => {
    await writeFolder(root, files);
    limit = memoryLimit(root);
  });
  return limit;
}

Deno.test("memory() is what the machine has, and never more", () => {
  const { total, available } = memory();
  assert.ok(available > 0 && available <= total);
  assert.ok(total <= Deno.systemMemoryInfo().total);
});

Deno.test("memoryLimit() is that of the group, or of one that it lies in: a batch job's, a container's", async () => {
  const own = "0::/slurm/job_7/step_0\n";
  assert.equal(
    await limitOf({
      "proc/self/cgroup": own,
      "sys/fs/cgroup/slurm/job_7/step_0/memory.max": "max\n",
      "sys/fs/cgroup/slurm/job_7/memory.max": "4000000000\n",
      "sys/fs/cgroup/slurm/memory.max": "9000000000\n",
    }),
    4e9,
  );
  // In a container the path is that of the host, and what is mounted the container's own.
  assert.equal(
    await limitOf({ "proc/self/cgroup": own, "sys/fs/cgroup/memory.max": "2000000000\n" }),
    2e9,
  );
  assert.equal(
    await limitOf({
      "proc/self/cgroup": "5:cpu,memory:/docker/a:b\n4:pids:/other\n",
      "sys/fs/cgroup/memory/docker/a:b/memory.limit_in_bytes": "3000000000\n",
      "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    }),
    3e9,
  );
});

Deno.test("memoryLimit() is endless without groups", async () => {
  assert.equal(await limitOf({}), Infinity);
  assert.equal(await limitOf({ "proc/self/cgroup": "0::/\n" }), Infinity);
});
