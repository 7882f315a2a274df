import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { orderedMap } from "@/lib/base/ordered_map.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { answerOf, asking, type Bucket } from "@/lib/depot/bucket.ts";
import { at, objectBytes, putObject } from "@/lib/depot/objects.ts";

/** A file that becomes an object. */
export interface Upload {
  /** The object's name below the bucket's prefix. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly open: () => Promise<ReadableStream<Uint8Array>>;
  /** Is told of bytes as they are sent, and of those that were there already. */
  readonly onBytes: (count: number) => void;
}

// A server takes 10,000 parts at most, and none but the last below 5 MiB.
const leastPart = 16 * 2 ** 20, mostParts = 10_000, partsAtOnce = 3;

/**
 * Makes an object of a file, a long one part by part. Parts that a killed process sent are not sent again: an object of this name
 * never has other bytes than these.
 *
 * @param options `partBytes`: what a part has at least; other than by default in tests.
 * @returns Whether the file has the bytes that it should; of one that has not no object is made.
 */
export async function uploadFile(
  bucket: Bucket,
  upload: Upload,
  { partBytes = leastPart }: { readonly partBytes?: number } = {},
): Promise<boolean> {
  const { name, bytes, onBytes } = upload;
  if (await objectBytes(bucket, name) === bytes) {
    onBytes(bytes);
    return true;
  }
  const length = Math.max(partBytes, Math.ceil(bytes / mostParts));
  if (bytes > length) return await uploadParts(bucket, { ...upload, length });
  const body = new Uint8Array(await new Response(await upload.open()).arrayBuffer());
  if (sha256(body) !== upload.sha256) return false;
  await putObject(bucket, name, { body, sha256: upload.sha256 });
  onBytes(bytes);
  return true;
}

async function uploadParts(
  bucket: Bucket,
  { name, bytes, sha256, open, onBytes, length }: Upload & { readonly length: number },
): Promise<boolean> {
  const { client } = bucket, object = at(bucket, name);
  const id = await openUpload(bucket, name);
  const sent = await partsOf(bucket, { name, id });
  const hash = createHash("sha256");
  const send = async ({ number, body }: Part): Promise<{ readonly tag: string } | Failed> => {
    try {
      const known = sent.get(number);
      const tag = known !== undefined && isOf(known, body) ? known : (await client.send(
        new UploadPartCommand({ ...object, UploadId: id, PartNumber: number, Body: body }),
      )).ETag!;
      onBytes(body.length);
      return { tag };
    } catch (error) {
      return { error };
    }
  };
  return await asking(bucket, async () => {
    const tags: string[] = [];
    try {
      const parts = partsIn(await open(), { length, hash });
      for await (const one of orderedMap(parts, { limit: partsAtOnce, map: send })) {
        if ("error" in one) throw one.error;
        tags.push(one.tag);
      }
      if (hash.digest("hex") !== sha256) {
        await client.send(new AbortMultipartUploadCommand({ ...object, UploadId: id }));
        return false;
      }
      await client.send(
        new CompleteMultipartUploadCommand({
          ...object,
          UploadId: id,
          MultipartUpload: { Parts: tags.map((ETag, i) => ({ ETag, PartNumber: i + 1 })) },
        }),
      );
    } catch (error) {
      // Another process took up the same parts, and was faster.
      if (answerOf(error) !== 404 || await objectBytes(bucket, name) !== bytes) throw error;
    }
    return true;
  });
}

/** Whether a server's tag is that of these bytes; of one that makes tags in another way none is. */
function isOf(tag: string, body: Uint8Array): boolean {
  return tag.replaceAll('"', "") === createHash("md5").update(body).digest("hex");
}

interface Part {
  /** From 1 on. */
  readonly number: number;
  readonly body: Uint8Array;
}

type Failed = { readonly error: unknown };

/** The upload of this object that is open, or a new one. */
async function openUpload(bucket: Bucket, name: string): Promise<string> {
  const { client } = bucket, { Bucket, Key } = at(bucket, name);
  return await asking(bucket, async () => {
    const { Uploads = [] } = await client.send(
      new ListMultipartUploadsCommand({ Bucket, Prefix: Key }),
    );
    const known = Uploads.find((one) => one.Key === Key)?.UploadId;
    if (known !== undefined) return known;
    const made = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    return made.UploadId!;
  });
}

/** The tags of the parts of an upload that the server has, by their numbers. */
async function partsOf(
  bucket: Bucket,
  { name, id }: { readonly name: string; readonly id: string },
): Promise<ReadonlyMap<number, string>> {
  const { client } = bucket;
  return await asking(bucket, async () => {
    const found = new Map<number, string>();
    // By hand: the library's own paging never ends where a server names a next page after the last.
    for (let after: { readonly PartNumberMarker?: string } = {};;) {
      const page = await client.send(
        new ListPartsCommand({ ...at(bucket, name), UploadId: id, ...after }),
      );
      for (const { PartNumber, ETag } of page.Parts ?? []) found.set(PartNumber!, ETag!);
      if (!page.IsTruncated || page.NextPartNumberMarker === undefined) return found;
      after = { PartNumberMarker: page.NextPartNumberMarker };
    }
  });
}

/** Cuts a stream into parts of one length, the last perhaps shorter, and hashes them on the way. */
async function* partsIn(
  stream: ReadableStream<Uint8Array>,
  { length, hash }: { readonly length: number; readonly hash: ReturnType<typeof createHash> },
): AsyncGenerator<Part> {
  let body = new Uint8Array(length), filled = 0, number = 0;
  for await (const came of stream) {
    hash.update(came);
    for (let taken = 0; taken < came.length;) {
      const some = came.subarray(taken, taken + length - filled);
      body.set(some, filled);
      filled += some.length;
      taken += some.length;
      if (filled < length) continue;
      yield { number: ++number, body };
      body = new Uint8Array(length);
      filled = 0;
    }
  }
  if (filled > 0) yield { number: ++number, body: body.subarray(0, filled) };
}
