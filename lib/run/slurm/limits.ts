/** How many jobs a cluster takes. */
export interface Limits {
  /** Elements of one job array. */
  readonly arraySize: number;
  /** Jobs that a person may still submit, each element of an array one; `Infinity` where nothing says how many. */
  readonly jobs: number;
}

/**
 * Reads what `scontrol show config` and, where the cluster keeps accounts, `scontrol show assoc_mgr` say.
 *
 * @param accounts Those that jobs name; without one, that which the cluster takes by itself.
 */
export function readLimits(
  config: string,
  associations: string,
  accounts: readonly string[],
): Limits {
  // The highest index of an element is one less.
  const arraySize = Number(/^MaxArraySize\s*=\s*(\d+)/m.exec(config)?.[1] ?? 1001);
  const left = associations.split(/^(?=ClusterName=)/m).flatMap((one) => {
    const [, account, user] = /\bAccount=(\S*)\s+UserName=(\S*)/.exec(one) ?? [];
    const isOurs = accounts.length === 0
      ? one.includes("DefAssoc=Yes")
      : accounts.includes(account ?? "");
    const [, limit, used] = /\bMaxSubmitJobs=(\d+)\((\d+)\)/.exec(one) ?? [];
    return user && isOurs && limit !== undefined ? [Math.max(0, Number(limit) - Number(used))] : [];
  });
  return { arraySize: Math.max(1, arraySize), jobs: Math.min(Infinity, ...left) };
}
