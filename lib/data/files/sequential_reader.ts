import type { Readable } from "node:stream";

/** Reads pieces of a stream that can only be read forward. */
export interface SequentialReader {
  /** The bytes of a place; a place before the last one read opens the stream again. Calls wait for each other. */
  read(offset: number, size: number): Promise<Uint8Array>;
  close(): void;
}

/** @param open Gives the stream from its beginning. */
export function sequentialReader(open: () => Readable): SequentialReader {
  let stream: Readable | undefined, pieces: AsyncIterator<Uint8Array>;
  // The piece in hand, which begins at `start` of the stream.
  let piece: Uint8Array = new Uint8Array(), start = 0;
  let last: Promise<unknown> = Promise.resolve();

  function rewind(): void {
    stream?.destroy();
    stream = open();
    pieces = stream[Symbol.asyncIterator]();
    piece = new Uint8Array();
    start = 0;
  }

  async function readNow(offset: number, size: number): Promise<Uint8Array> {
    if (stream === undefined || offset < start) rewind();
    const bytes = new Uint8Array(size);
    for (let got = 0; got < size;) {
      const at = offset + got - start;
      if (at < piece.length) {
        const some = piece.subarray(at, at + size - got);
        bytes.set(some, got);
        got += some.length;
        continue;
      }
      const next = await pieces.next();
      if (next.done) throw new Error(`The stream ends before byte ${offset + size}`);
      start += piece.length;
      piece = next.value;
    }
    return bytes;
  }

  return {
    read(offset, size) {
      const result = last.then(() => readNow(offset, size));
      last = result.catch(() => {});
      return result;
    },
    close: () => void stream?.destroy(),
  };
}
