/** What tells a file from a changed one without reading it. */
export interface FileStamp {
  readonly size: number;
  /** Milliseconds, as is the time of change, which a file system may tell in whole seconds. */
  readonly modified: number;
  readonly changed: number;
  readonly inode: number;
}

/**
 * The stamp of a file: size, times of change and inode, as the file system gives them.
 *
 * @throws {Error} If there is no such file.
 */
export function fileStamp(path: string): FileStamp {
  const { size, mtime, ctime, ino } = Deno.statSync(path);
  // The change time too: a copy that keeps the modification time still moves it.
  return {
    size,
    modified: mtime?.getTime() ?? 0,
    changed: ctime?.getTime() ?? 0,
    inode: ino ?? 0,
  };
}
