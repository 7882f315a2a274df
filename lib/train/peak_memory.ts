/** The most memory in bytes that this process has held so far; where the system does not say (not Linux), what it holds. */
export function peakMemory(): number {
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(Deno.readTextFileSync("/proc/self/status"))?.[1];
    if (kilobytes !== undefined) return 1024 * Number(kilobytes);
  } catch {
    // Not Linux, or not allowed.
  }
  return Deno.memoryUsage().rss;
}
