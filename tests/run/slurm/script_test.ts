import assert from "node:assert/strict";
import { batchScript, noticeSeconds } from "@/lib/run/slurm/script.ts";
import type { ResourceClass } from "@/lib/run/slurm/settings.ts";

const plain: ResourceClass = {
  ...{ name: "cpu", time: 720, cpus: 2, workers: 4, successors: 2, idle: 15 },
  ...{ prelude: [], sbatch: [] },
};

function script(of: ResourceClass, logs = "/store/plans/ab/jobs"): string {
  const command = ["sh", "/store/it's here/start.sh", "--plan", "ab"];
  return batchScript({ of, workers: 4, plan: "abcdef0123456789", logs, command });
}

Deno.test("batchScript() asks for what its class has, and no more", () => {
  assert.equal(
    script(plain),
    `#!/bin/bash
#SBATCH --job-name=wc-cpu-abcdef01
#SBATCH --array=0-3
#SBATCH --output=/store/plans/ab/jobs/%A_%a.log
#SBATCH --open-mode=append
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=2
#SBATCH --time=12:00:00
#SBATCH --signal=B:USR1@300
#SBATCH --requeue

trap '' USR1
exec sh '/store/it'\\''s here/start.sh' --plan ab
`,
  );
});

Deno.test("batchScript() has one GPU an element, the class's options, and the prelude before the worker", () => {
  const text = script({
    ...plain,
    ...{ name: "gpu", gpus: "a100", memory: "32G", partition: "p", account: "lab", qos: "long" },
    ...{ prelude: ["module load cuda"], sbatch: ["--exclude=n7"] },
  });
  for (
    const option of [
      "--gres=gpu:a100:1",
      "--mem=32G",
      "--partition=p",
      "--account=lab",
      "--qos=long",
      "--exclude=n7",
    ]
  ) assert.ok(text.includes(`\n#SBATCH ${option}\n`), option);
  assert.match(text, /\nmodule load cuda\nexec sh /);
  assert.match(script({ ...plain, name: "gpu", gpus: 1 }), /--gres=gpu:1\n/);
  assert.doesNotMatch(text, /gpus-per-task/);
});

Deno.test("batchScript() keeps signs of a path that mean something to sbatch", () => {
  assert.match(script(plain, "/a b/100%"), /--output='\/a b\/100%%\/%A_%a\.log'\n/);
});

Deno.test("noticeSeconds() leaves a short job most of its time", () => {
  assert.equal(noticeSeconds({ time: 720 }), 300);
  assert.equal(noticeSeconds({ time: 2 }), 30);
});
