import assert from "node:assert/strict";
import { cancelJobs } from "@/lib/run/slurm/mod.ts";
import { slurmMissing, until, withSlurm } from "@/tests/fixtures/slurm.ts";

const missing = await slurmMissing();

Deno.test({
  name: `cancelJobs() ends what runs and what waits for it, and is content with what has ended${
    missing === undefined ? "" : ` (not tried: ${missing})`
  }`,
  ignore: missing !== undefined,
  async fn() {
    const folder = await Deno.makeTempDir(), own = Deno.env.get("SLURM_CONF");
    try {
      await withSlurm(folder, async (cluster) => {
        Deno.env.set("SLURM_CONF", cluster.environment.SLURM_CONF!);
        await Deno.writeTextFile(`${folder}/job.sh`, "#!/bin/bash\nexec sleep 600\n");
        const sbatch = ["sbatch", "--parsable", "--array=0-1", "--output=/dev/null"];
        const first = await cluster.slurm(...sbatch, `${folder}/job.sh`);
        const after = ["--dependency", `afterany:${first}`, `${folder}/job.sh`];
        const second = await cluster.slurm(...sbatch, ...after);
        const running = ["squeue", "--noheader", "--array", "--states=RUNNING", "--format=%i"];
        await until(60, async () => (await cluster.slurm(...running)).includes("_1"));
        await cancelJobs([first, second]);
        await cluster.settle(30);
        await cancelJobs([first, second]);
      });
    } finally {
      if (own === undefined) Deno.env.delete("SLURM_CONF");
      else Deno.env.set("SLURM_CONF", own);
      await Deno.remove(folder, { recursive: true });
    }
    assert.equal(Deno.env.get("SLURM_CONF"), own);
  },
});
