import { complain } from "@/lib/cli/say.ts";

/** Says, once a run is asked to stop, what it waits for: the step of a large training may take a while. */
export function tellStopping(asked: AbortSignal): void {
  const tell = () => complain("Stopping at the next checkpoint; asked once more, at once\n");
  asked.addEventListener("abort", tell, { once: true });
}
