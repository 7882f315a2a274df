import { Buffer } from "node:buffer";
import {
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { answerOf, asking, type Bucket } from "@/lib/depot/bucket.ts";

/** An object's address, from its name below the bucket's prefix. */
export function at({ bucket, prefix }: Bucket, name: string) {
  return { Bucket: bucket, Key: `${prefix}${name}` };
}

/** The names of all objects that begin so, below the bucket's prefix. */
export async function listObjects(bucket: Bucket, start: string): Promise<readonly string[]> {
  const { client, prefix } = bucket;
  const { Bucket, Key: Prefix } = at(bucket, start);
  return await asking(bucket, async () => {
    const names: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
      names.push(...Contents.map(({ Key }) => Key!.slice(prefix.length)));
    }
    return names;
  });
}

/** An object's bytes; `null` where there is none. */
export async function readObject(bucket: Bucket, name: string): Promise<Uint8Array | null> {
  const stream = await openObject(bucket, name);
  return stream && await asking(bucket, () => new Response(stream).bytes());
}

/** Opens an object from a byte on; `null` where there is none. */
export async function openObject(
  bucket: Bucket,
  name: string,
  from = 0,
): Promise<ReadableStream<Uint8Array> | null> {
  const range = from === 0 ? {} : { Range: `bytes=${from}-` };
  return await asking(bucket, async () => {
    try {
      const command = new GetObjectCommand({ ...at(bucket, name), ...range });
      const stream = (await bucket.client.send(command)).Body!.transformToWebStream();
      return ReadableStream.from(piecesOf(bucket, stream));
    } catch (error) {
      if (isNone(error)) return null;
      throw error;
    }
  });
}

/** A stream that is lost on the way says so in words. */
async function* piecesOf(bucket: Bucket, stream: ReadableStream<Uint8Array>) {
  const pieces = stream[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await asking(bucket, () => pieces.next());
    if (done) return;
    yield value;
  }
}

/** How many bytes an object has; `null` where there is none. */
export async function objectBytes(bucket: Bucket, name: string): Promise<number | null> {
  return await asking(bucket, async () => {
    try {
      const { ContentLength } = await bucket.client.send(new HeadObjectCommand(at(bucket, name)));
      return ContentLength ?? null;
    } catch (error) {
      if (isNone(error)) return null;
      throw error;
    }
  });
}

/**
 * Writes an object.
 *
 * @param options `sha256` lets the server refuse what did not arrive as it was sent; `fresh`: only if there is none.
 * @returns Whether it was written.
 */
export async function putObject(
  bucket: Bucket,
  name: string,
  { body, sha256, fresh = false }: {
    readonly body: Uint8Array;
    /** In hexadecimal digits. */
    readonly sha256: string;
    readonly fresh?: boolean;
  },
): Promise<boolean> {
  const command = () =>
    new PutObjectCommand({
      ...at(bucket, name),
      Body: body,
      ChecksumSHA256: Buffer.from(sha256, "hex").toString("base64"),
      ...fresh && { IfNoneMatch: "*" },
    });
  return await asking(bucket, async () => {
    for (let tries = 1;; tries++) {
      try {
        await bucket.client.send(command());
        return true;
      } catch (error) {
        const status = answerOf(error);
        if (fresh && status === 412) return false;
        // Two conditional writes at once: the server asks one of them to come again.
        if (!fresh || status !== 409 || tries === mostTries) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  });
}

// Milliseconds.
const pause = 200, mostTries = 20;

function isNone(error: unknown): boolean {
  // Of a bucket that is not there it is told.
  return answerOf(error) === 404 && (error as Error).name !== "NoSuchBucket";
}
