import type { Engine } from "@/lib/run/job.ts";
import { checkCompiled, loadBackend } from "@/lib/tensor/mod.ts";

/** Makes the engine ready that a job is to use; a second call finds it so. */
export async function startEngine({ backend, device, check }: Engine): Promise<void> {
  await loadBackend({ name: backend, device });
  checkCompiled(check);
}
