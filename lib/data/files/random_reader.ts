/** A file that is read here and there. */
export interface RandomReader {
  /** Bytes. */
  readonly size: number;
  /**
   * Some of its bytes.
   *
   * @throws {Error} If there are not so many any more.
   */
  read(offset: number, size: number): Promise<Uint8Array<ArrayBuffer>>;
  close(): void;
}

/** Opens a file. */
export function randomReader(path: string): RandomReader {
  const file = Deno.openSync(path);
  return {
    size: file.statSync().size,
    // Synchronous, because two reads in flight would move each other's position in the one open file.
    read(offset, size) {
      const bytes = new Uint8Array(size);
      file.seekSync(offset, Deno.SeekMode.Start);
      for (let at = 0; at < size;) {
        const read = file.readSync(bytes.subarray(at));
        if (read === null) return Promise.reject(new Error(`${path} has become shorter`));
        at += read;
      }
      return Promise.resolve(bytes);
    },
    close: () => file.close(),
  };
}
