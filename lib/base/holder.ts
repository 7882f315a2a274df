import process from "node:process";

/** A process that holds something. */
export interface Holder {
  readonly host: string;
  /** Among which processes its number is its own: see {@linkcode processSpace}. */
  readonly space: string;
  readonly pid: number;
  /** Tells two holders apart, also in one process. */
  readonly nonce: string;
}

/** A holder that is this process. */
export function newHolder(): Holder {
  return {
    host: Deno.hostname(),
    space: processSpace(),
    pid: Deno.pid,
    nonce: crypto.randomUUID(),
  };
}

/**
 * Whether a holder is a process of this machine that is gone. Of one elsewhere, in another container too, nothing is known: it
 * may bear this host's name.
 */
export function isGone({ host, space, pid }: Partial<Holder>): boolean {
  return host === Deno.hostname() && space === processSpace() && pid !== undefined && !runs(pid);
}

/**
 * What a process number means something in: this boot of this machine and, in a container, this container. Empty where the
 * system does not tell, and there are no containers.
 */
function processSpace(): string {
  try {
    const boot = Deno.readTextFileSync("/proc/sys/kernel/random/boot_id").trim();
    return `${boot} ${Deno.readLinkSync("/proc/self/ns/pid")}`;
  } catch {
    return "";
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else may not be signalled, but it runs.
    return (error as { code?: string }).code === "EPERM";
  }
}
