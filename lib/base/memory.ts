import { join } from "node:path";

/** Bytes of memory. */
export interface Memory {
  readonly total: number;
  /** What further processes can have. */
  readonly available: number;
}

/** The memory that this process may use: the machine's, or less where it runs in a container or a batch job with a limit. */
export function memory(): Memory {
  const { total, available } = Deno.systemMemoryInfo();
  const limit = memoryLimit();
  return { total: Math.min(total, limit), available: Math.min(available, limit) };
}

/**
 * The least limit of Linux's control groups that this process is in, of either version, in bytes; `Infinity` without one.
 * The group itself often has none: batch systems set it some levels higher.
 *
 * @param root Where the system's own folders are.
 */
export function memoryLimit(root = "/"): number {
  const limits = (read(join(root, "proc/self/cgroup")) ?? "").split("\n").flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (path === undefined) return [];
    const groups = join(root, "sys/fs/cgroup");
    if (controllers === "") return limitsAbove(groups, path, "memory.max");
    if (!controllers!.split(",").includes("memory")) return [];
    return limitsAbove(join(groups, "memory"), path, "memory.limit_in_bytes");
  });
  return Math.min(Infinity, ...limits);
}

/** The limits of a group and of all that it lies in. In a container the path may be the host's, of which only the end is here. */
function limitsAbove(mount: string, path: string, file: string): readonly number[] {
  const parts = path.split("/").filter((part) => part !== "");
  return Array.from({ length: parts.length + 1 }, (_, depth) => {
    const text = read(join(mount, ...parts.slice(0, depth), file))?.trim() ?? "";
    return /^\d+$/.test(text) ? Number(text) : Infinity;
  });
}

function read(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}
