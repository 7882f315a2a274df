import { bytesText } from "@/lib/base/bytes_text.ts";
import { plural } from "@/lib/base/plural.ts";
import type { MachineRoom } from "@/lib/cli/room.ts";
import { type HeldBytes, little, neededIn, type Step } from "@/lib/plan/mod.ts";
import { needsTensors } from "@/lib/run/mod.ts";

/** How many worker processes work. */
export interface Jobs {
  readonly jobs: number;
  /** Where they are fewer than was asked for: why, as a line to say. */
  readonly notice?: string;
}

/** Worker processes on an accelerator unless more are asked for: small steps leave most of it idle. */
export const jobsOnDevice = 4;

// At the scale `mini` no step holds so many bytes where it computes, and at `small` each training does.
const large = 2 ** 30;

/**
 * Whether a step holds so much where it computes that it keeps a device busy by itself, and that its process is better ended after
 * it: allocators do not give back what they have taken.
 */
export function isLarge({ device, divided }: HeldBytes): boolean {
  return device + divided >= large;
}

/**
 * How many worker processes make sense: one a core, as each uses one, and as many as there is memory for; on an accelerator four
 * of them at most, unless more are asked for. Which steps they work at once, {@linkcode makeBeside} says.
 *
 * @param asked How many the user wants, at most.
 */
export function chooseJobs(
  asked: number | undefined,
  room: Pick<MachineRoom, "isHost" | "replicas" | "free">,
  { cores = navigator.hardwareConcurrency } = {},
): Jobs {
  const { host: least } = neededIn(room, little);
  const held = Math.max(1, Math.floor(room.free / least));
  const most = Math.min(cores, held);
  if (asked === undefined) return { jobs: room.isHost ? most : Math.min(most, jobsOnDevice) };
  if (asked <= most) return { jobs: asked };
  const why = held < cores
    ? `${bytesText(room.free)} of memory are free, and each takes ${bytesText(least)} or more`
    : `there ${cores === 1 ? "is" : "are"} ${plural(cores, "core")}, and each uses one`;
  return {
    jobs: most,
    notice: `--jobs ${asked}: ${plural(most, "worker process")}, because ${why}`,
  };
}

/**
 * Whether a step can be worked beside others that are under way: where there is memory for all of them. On an accelerator a large
 * step ({@linkcode isLarge}) is beside none but those that do not compute on it.
 */
export function makeBeside(
  { heldBy, room }: { readonly heldBy: (step: Step) => HeldBytes; readonly room: MachineRoom },
): (step: Step, others: readonly Step[]) => boolean {
  return (step, others) => {
    const all = [step, ...others].map((one) => ({
      one,
      held: heldBy(one),
      needed: neededIn(room, heldBy(one)),
    }));
    const sum = (where: "host" | "device") =>
      all.reduce((bytes, { needed }) => bytes + needed[where], 0);
    if (sum("host") > room.free || sum("device") > room.device) return false;
    if (room.isHost || !needsTensors(step)) return true;
    const computing = all.filter(({ one }) => needsTensors(one));
    return computing.length === 1 || !computing.some(({ held }) => isLarge(held));
  };
}
