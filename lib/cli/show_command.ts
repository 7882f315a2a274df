import type { Elsewhere } from "@/lib/cli/provide_engine.ts";
import { type QueueOptions, startCommand, studyToQueue, writeWork } from "@/lib/cli/queued_work.ts";
import { say } from "@/lib/cli/say.ts";
import { shellWord } from "@/lib/base/shell_word.ts";
import { stepKinds } from "@/lib/plan/mod.ts";
import { openStore } from "@/lib/store/mod.ts";
import { CUDA_ELSEWHERE } from "@/lib/tensor/provision/cuda.ts";

/**
 * `deno task submit --command`: writes the plan and the code into the store, and shows the command that starts a worker, for other
 * schedulers than Slurm.
 *
 * @throws {InputError | InputErrors} If something is wrong with what was given.
 */
export async function showCommand(
  ids: readonly string[],
  options: QueueOptions & { readonly command: Elsewhere["device"] },
  root: string,
): Promise<void> {
  const by = { ids, options, root }, { command: device, kinds = stepKinds } = options;
  const study = await studyToQueue(by, openStore);
  if (study === null) return;
  const work = await writeWork(study, by, [{ device, cuda: CUDA_ELSEWHERE }]);
  say(startCommand(work, { device, kinds }).map(shellWord).join(" "));
}
