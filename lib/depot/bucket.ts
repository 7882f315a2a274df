import { S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { InputError, messageOf } from "@/lib/base/errors.ts";

/** A part of a bucket: all objects whose names begin with its prefix. */
export interface Bucket {
  readonly client: S3Client;
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  /** Its address. */
  readonly name: string;
}

const addressPattern = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/;

/**
 * A bucket by its address; its server and who asks are told by the environment (AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY, AWS_PROFILE and what else AWS's own programs read). Nothing is asked of the server yet.
 *
 * @throws {InputError} If the address is none.
 */
export function bucketAt(address: string): Bucket {
  const [, bucket, path = ""] = addressPattern.exec(address) ?? [];
  const parts = path.split("/").filter((part) => part !== "");
  if (bucket === undefined || parts.some((part) => part === "." || part === "..")) {
    throw new InputError(
      address,
      "it is no address of a bucket",
      "Write s3://BUCKET or s3://BUCKET/PREFIX",
    );
  }
  const environment = (name: string) => Deno.env.get(name) || undefined;
  const endpoint = environment("AWS_ENDPOINT_URL_S3") ?? environment("AWS_ENDPOINT_URL");
  const region = environment("AWS_REGION") ?? environment("AWS_DEFAULT_REGION") ??
    (endpoint === undefined ? undefined : "us-east-1");
  return {
    client: new S3Client({
      ...region !== undefined && { region },
      // Other servers than AWS's seldom have a host name for each bucket, or all its checksums.
      ...endpoint !== undefined && { endpoint, forcePathStyle: true },
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      maxAttempts: 5,
    }),
    bucket,
    prefix: parts.map((part) => `${part}/`).join(""),
    name: ["s3:/", bucket, ...parts].join("/"),
  };
}

/** The status that a server answered with; nothing where it did not answer. */
export function answerOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

/** Asks something of a bucket's server, and throws its refusals in words. */
export async function asking<T>({ name }: Bucket, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw inWords(error, name);
  }
}

const again = "the same command goes on from there";
const credentials =
  "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, to those of its server";

const meanings: Readonly<Record<string, readonly [problem: string, remedy: string]>> = {
  NoSuchBucket: ["there is no such bucket", "Make it, or give another address"],
  AccessDenied: [
    "its server denies access",
    "Have the bucket opened to you for reading, writing and listing",
  ],
  InvalidAccessKeyId: ["its server does not know the access key", credentials],
  SignatureDoesNotMatch: ["its server does not accept the secret key", credentials],
  ExpiredToken: ["the session's token has expired", "Sign in again"],
  CredentialsProviderError: ["no credentials are found", credentials],
  ECONNREFUSED: [
    "its server refuses the connection",
    "See that it runs, and AWS_ENDPOINT_URL names it",
  ],
  ENOTFOUND: [
    "its server's name is not known",
    "See that AWS_ENDPOINT_URL and AWS_REGION are right",
  ],
};

function inWords(error: unknown, name: string): unknown {
  if (error instanceof InputError || !(error instanceof Error)) return error;
  const code = "code" in error ? String(error.code) : "";
  const status = answerOf(error);
  const known = meanings[error.name] ?? meanings[code] ??
    // An answer without a body has no other name.
    (status === 403 ? meanings.AccessDenied : undefined);
  if (known !== undefined) return new InputError(name, ...known, { cause: error });
  if (/region is missing/i.test(error.message)) {
    return new InputError(name, "its region is not known", "Set AWS_REGION", { cause: error });
  }
  const said = messageOf(error).split("\n")[0]!.replace(/\.$/, "");
  return status === undefined
    ? new InputError(
      name,
      `the connection to its server failed (${said})`,
      `See to the network; ${again}`,
      {
        cause: error,
      },
    )
    : new InputError(
      name,
      `its server answered ${status}, ${error.name}: ${said}`,
      `See to the server; ${again}`,
      {
        cause: error,
      },
    );
}
