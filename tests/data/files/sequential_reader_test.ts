import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { sequentialReader } from "@/lib/data/files/sequential_reader.ts";

/** A reader of 1,000 bytes, `i % 251` each, in pieces of a size; counts how often it was opened. */
function reader(options: { readonly pieces?: number; readonly failAt?: number } = {}) {
  const { pieces = 7, failAt = Infinity } = options;
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
  const streams: Readable[] = [];
  const { read, close } = sequentialReader(() => {
    const stream = Readable.from(function* () {
      for (let at = 0; at < bytes.length; at += pieces) {
        if (at >= failAt) throw new Error("damaged");
        yield bytes.slice(at, at + pieces);
      }
    }());
    streams.push(stream);
    return stream;
  });
  const expected = (offset: number, size: number) => bytes.slice(offset, offset + size);
  return { read, close, streams, expected };
}

Deno.test("sequentialReader() opens the stream at the first read, and once for reads that go forward", async () => {
  const { read, close, streams, expected } = reader();
  assert.equal(streams.length, 0);
  // Within a piece, across pieces, from where the last one ended, after a gap, of no bytes, to the end.
  for (
    const [offset, size] of [[0, 3], [3, 4], [7, 20], [30, 1], [500, 100], [600, 0], [600, 400]]
  ) {
    assert.deepEqual(await read(offset!, size!), expected(offset!, size!));
  }
  assert.equal(streams.length, 1);
  close();
});

Deno.test("sequentialReader() goes back by opening the stream again, but not within the piece in hand", async () => {
  const { read, close, streams, expected } = reader({ pieces: 100 });
  assert.deepEqual(await read(150, 10), expected(150, 10));
  assert.deepEqual(await read(110, 10), expected(110, 10));
  assert.equal(streams.length, 1);
  assert.deepEqual(await read(90, 20), expected(90, 20));
  assert.equal(streams.length, 2);
  assert.ok(streams[0]!.destroyed);
  close();
  assert.ok(streams[1]!.destroyed);
});

Deno.test("sequentialReader() lets calls wait for each other", async () => {
  const { read, close, expected } = reader();
  const places = Array.from(
    { length: 60 },
    (_, i) => [(i * 389) % 900, 1 + (i * 13) % 100] as const,
  );
  const found = await Promise.all(places.map(([offset, size]) => read(offset, size)));
  assert.deepEqual(found, places.map(([offset, size]) => expected(offset, size)));
  close();
});

Deno.test("sequentialReader() rejects a read past the end or into damage, and reads on elsewhere", async () => {
  const whole = reader();
  await assert.rejects(whole.read(990, 11), /The stream ends before byte 1001/);
  assert.deepEqual(await whole.read(0, 1000), whole.expected(0, 1000));
  whole.close();

  const damaged = reader({ failAt: 500 });
  const results = await Promise.allSettled([damaged.read(450, 100), damaged.read(20, 30)]);
  assert.equal(results[0].status === "rejected" && results[0].reason.message, "damaged");
  assert.deepEqual(results[1].status === "fulfilled" && results[1].value, damaged.expected(20, 30));
  damaged.close();
});

Deno.test("close() needs no read before it", () => {
  const { close, streams } = reader();
  close();
  assert.equal(streams.length, 0);
});
