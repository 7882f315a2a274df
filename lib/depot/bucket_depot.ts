import { InputError } from "@/lib/base/errors.ts";
import { sha256 } from "@/lib/base/sha256.ts";
import { answerOf, type Bucket, bucketAt } from "@/lib/depot/bucket.ts";
import { type Depot, type Looked, MissingFile } from "@/lib/depot/depot.ts";
import { listObjects, openObject, putObject, readObject } from "@/lib/depot/objects.ts";
import { uploadFile } from "@/lib/depot/upload.ts";
import {
  isNotLater,
  type KeptRegistration,
  type Manifest,
  manifestFrom,
  manifestName,
  registrationFile,
  registrationFrom,
  registrationIn,
} from "@/lib/store/mod.ts";

// Raised when the layout in a bucket changes.
const format = `{"bucket":1}\n`;
const formatName = "format.json";

/**
 * A bucket as a depot. The manifest of an artifact is `artifacts/ab/ab12…/manifest.json`, written last; its files are in a folder
 * beside it that has the name of their content, so that those of two artifacts under one key never mix.
 */
function bucketDepot(bucket: Bucket): Depot {
  const look = async (key: string): Promise<Looked> => {
    const bytes = await readObject(bucket, `${folderOf(key)}/${manifestName}`);
    if (bytes === null) return null;
    const text = new TextDecoder().decode(bytes);
    const manifest = manifestFrom(text, key);
    return typeof manifest === "string" ? { problem: manifest } : { manifest, text };
  };
  return {
    name: bucket.name,
    async keys() {
      const names = await listObjects(bucket, "artifacts/");
      return names.flatMap((name) => keyPattern.exec(name)?.[1] ?? []).sort();
    },
    look,
    async read(manifest, name, from) {
      const stream = await openObject(bucket, objectOf(manifest, name), from);
      if (stream === null) throw new MissingFile(`${name} is not there`);
      return stream;
    },
    async take({ manifest, text }, from, { replace, onBytes }) {
      for (const [name, file] of Object.entries(manifest.files)) {
        const open = () => from.read(manifest, name, 0);
        const upload = { name: objectOf(manifest, name), ...file, open, onBytes };
        if (await uploadFile(bucket, upload)) continue;
        const problem = `${name} does not have the bytes that its manifest tells of`;
        return { state: "damaged", problem };
      }
      const name = `${folderOf(manifest.key)}/${manifestName}`;
      const body = new TextEncoder().encode(text);
      const put = (fresh: boolean) =>
        putObject(bucket, name, { body, sha256: sha256(body), fresh });
      if (await put(true)) return { state: "taken" };
      const other = await look(manifest.key);
      const isTold = other !== null && "manifest" in other;
      if (isTold && other.manifest.content === manifest.content) return { state: "there" };
      if (isTold && !replace) return { state: "differs" };
      await put(false);
      return { state: "taken" };
    },
    async registrations() {
      const names = await listObjects(bucket, registrationsFolder);
      const found = names.flatMap((name) =>
        registrationIn(name.slice(registrationsFolder.length)) ?? []
      ).map((hash) => readRegistration(bucket, hash));
      return (await Promise.all(found)).filter((one) => one !== undefined);
    },
    async register(one) {
      const body = new TextEncoder().encode(registrationFile(one));
      const put = (fresh: boolean) =>
        putObject(bucket, registrationOf(one.hash), { body, sha256: sha256(body), fresh });
      if (await put(true)) return true;
      if (isNotLater(await readRegistration(bucket, one.hash), one)) return false;
      return await put(false);
    },
  };
}

async function readRegistration(
  bucket: Bucket,
  hash: string,
): Promise<KeptRegistration | undefined> {
  const bytes = await readObject(bucket, registrationOf(hash));
  return bytes === null ? undefined : registrationFrom(new TextDecoder().decode(bytes), hash);
}

const registrationsFolder = "registrations/";

function registrationOf(hash: string): string {
  return `${registrationsFolder}${hash}.json`;
}

const keyPattern = /^artifacts\/[0-9a-f]{2}\/([0-9a-f]{64})\/manifest\.json$/;

function folderOf(key: string): string {
  return `artifacts/${key.slice(0, 2)}/${key}`;
}

function objectOf({ key, content }: Manifest, name: string): string {
  return `${folderOf(key)}/${content}/${name}`;
}

/**
 * A bucket to send artifacts to. It holds artifacts already or nothing that hinders, and its server has the conditional writes that
 * two pushes at once need: they are tried on the object that says what the bucket holds.
 *
 * @throws {InputError} If not.
 */
export async function openBucket(address: string): Promise<Depot> {
  const bucket = bucketAt(address);
  const body = new TextEncoder().encode(format), hash = sha256(body);
  const create = () => putObject(bucket, formatName, { body, sha256: hash, fresh: true });
  const refused = (problem: string) =>
    new InputError(
      bucket.name,
      `its server ${problem} conditional writes (If-None-Match: *), without which two pushes at once may mix`,
      "Take a server that has them, such as AWS S3, Cloudflare R2 or MinIO, or push to a folder",
    );
  let isIgnored: boolean;
  try {
    // The second must find the first's.
    isIgnored = await create() && await create();
  } catch (error) {
    const status = error instanceof InputError ? answerOf(error.cause) : undefined;
    throw status === 400 || status === 501 ? refused("does not know") : error;
  }
  if (isIgnored) throw refused("ignores");
  await checkFormat(bucket);
  return bucketDepot(bucket);
}

/**
 * A bucket to fetch artifacts from.
 *
 * @throws {InputError} If nothing was pushed there.
 */
export async function findBucket(address: string): Promise<Depot> {
  const bucket = bucketAt(address);
  await checkFormat(bucket);
  return bucketDepot(bucket);
}

async function checkFormat(bucket: Bucket): Promise<void> {
  const found = await readObject(bucket, formatName);
  if (found === null) {
    throw new InputError(
      bucket.name,
      `it holds no ${formatName}: nothing was pushed there`,
      "Give the bucket and prefix that was pushed to",
    );
  }
  if (new TextDecoder().decode(found) !== format) {
    throw new InputError(
      bucket.name,
      `its ${formatName} is not one that this version reads`,
      "Give another prefix",
    );
  }
}
