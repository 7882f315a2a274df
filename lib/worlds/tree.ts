/** A world's labels: every leaf with the names of the ranks above it. */
export interface WorldTree {
  /** Names of the levels, finest first. */
  readonly levels: readonly string[];
  /** In the order of their labels; a path has one name a level, finest first. */
  readonly leaves: readonly { readonly name: string; readonly path: readonly string[] }[];
}

/** The tree of things that have a path: the first name of each path is its leaf. */
export function treeOf(
  levels: readonly string[],
  leaves: readonly { readonly path: readonly string[] }[],
): WorldTree {
  return { levels, leaves: leaves.map(({ path }) => ({ name: path[0]!, path })) };
}
