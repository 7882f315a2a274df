import * as z from "zod";
import { canonicalJson } from "@/lib/base/canonical_json.ts";
import { writeAtomic } from "@/lib/base/files.ts";
import { sha256, sha256File } from "@/lib/base/sha256.ts";
import { wordsOf } from "@/lib/base/system_errors.ts";
import { type InfoOf, kinds, type StepKind, stepKinds } from "@/lib/plan/kinds/mod.ts";

/** Where and how long a step was worked. */
export interface Made {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly seconds: number;
  readonly host: string;
  /** Processor, operating system, versions of Deno and TensorFlow. */
  readonly machine: { readonly [name: string]: string };
  /** The command that redoes it. */
  readonly command: string;
}

/** What an artifact of a kind says of itself; written last, so that an artifact without it is not one. */
export interface ManifestOf<K extends StepKind> {
  readonly key: string;
  readonly kind: K;
  readonly spec: { readonly [field: string]: unknown };
  /** The artifacts it was made from: their keys, and the content that they had. */
  readonly needs: { readonly [name: string]: { readonly key: string; readonly content: string } };
  /** Size in bytes and SHA-256 of each file. */
  readonly files: { readonly [name: string]: { readonly bytes: number; readonly sha256: string } };
  /** The SHA-256 of `files`: equal for equal data. */
  readonly content: string;
  /** The fingerprint of the code that made it. */
  readonly code: string;
  /** What its work has to tell: counts, curves, choices. */
  readonly info: InfoOf<K>;
  readonly made: Made;
}

/** What an artifact says of itself. */
export type Manifest = { [K in StepKind]: ManifestOf<K> }[StepKind];

/** The name of the file that holds the manifest. */
export const manifestName = "manifest.json";

// A manifest may come from elsewhere, and no file of an artifact lies outside of its folder.
const fileName = z.string().regex(/^(?!\.{1,2}$)[^/\\\0]+$/).refine((name) =>
  name !== manifestName
);

// What the hash of a manifest does not say: that the code which wrote it meant by it what today's does.
const written = z.strictObject({
  key: z.string(),
  kind: z.enum(stepKinds),
  spec: z.record(z.string(), z.unknown()),
  needs: z.record(z.string(), z.strictObject({ key: z.string(), content: z.string() })),
  files: z.record(fileName, z.strictObject({ bytes: z.number(), sha256: z.string() })),
  content: z.string(),
  code: z.string(),
  info: z.unknown(),
  made: z.strictObject({
    at: z.string(),
    seconds: z.number(),
    host: z.string(),
    machine: z.record(z.string(), z.string()),
    command: z.string(),
  }),
});

/** Sizes and hashes of all files in a folder, in order of their names. */
export async function describeFiles(folder: string): Promise<Manifest["files"]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isFile && entry.name !== manifestName) names.push(entry.name);
  }
  const files: Record<string, { bytes: number; sha256: string }> = {};
  for (const name of names.sort()) {
    const path = `${folder}/${name}`;
    files[name] = { bytes: (await Deno.stat(path)).size, sha256: await sha256File(path) };
  }
  return files;
}

/** The identity of an artifact's data. */
export function contentOf(files: Manifest["files"]): string {
  return sha256(canonicalJson(files));
}

/** Writes the manifest beside its own hash, so that a change in it is noticed as one in the data is. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const body = canonicalJson(manifest);
  await writeAtomic(
    `${folder}/${manifestName}`,
    `{"sha256":"${sha256(body)}","manifest":${body}}\n`,
  );
}

/**
 * Reads and verifies an artifact's manifest, and nothing else of it.
 *
 * @returns The manifest, or one sentence that says what is wrong.
 * @throws {Deno.errors.NotFound} If there is no folder or no manifest in it.
 */
export async function readManifest(folder: string, key: string): Promise<Manifest | string> {
  return manifestFrom(await Deno.readTextFile(`${folder}/${manifestName}`), key);
}

/** The same of a manifest's text. */
export function manifestFrom(text: string, key: string): Manifest | string {
  const manifest = parseManifest(text);
  if (typeof manifest === "string" || manifest.key === key) return manifest;
  return `${manifestName} is of another step, ${manifest.key.slice(0, 12)}`;
}

/** What is wrong with the first file that does not have the size and hash of the manifest; nothing where all have. */
export async function wrongFile(
  folder: string,
  { files }: Pick<Manifest, "files">,
): Promise<string | undefined> {
  for (const [name, { bytes, sha256 }] of Object.entries(files)) {
    const path = `${folder}/${name}`;
    try {
      const { size } = await Deno.stat(path);
      if (size !== bytes) return `${name} has ${size} bytes, not ${bytes}`;
      if (await sha256File(path) !== sha256) {
        return `${name} does not have the bytes it was written with`;
      }
    } catch (error) {
      return `${name} cannot be read (${wordsOf(error)})`;
    }
  }
  return undefined;
}

function parseManifest(text: string): Manifest | string {
  const parts = /^\{"sha256":"([0-9a-f]{64})","manifest":(.*)\}\n$/s.exec(text);
  if (parts === null || sha256(parts[2]!) !== parts[1]) {
    return `${manifestName} does not have the bytes it was written with`;
  }
  const read = written.safeParse(JSON.parse(parts[2]!));
  if (!read.success) return `${manifestName} is of another form: ${firstIssue(read.error)}`;
  const info = kinds[read.data.kind].info.safeParse(read.data.info);
  if (info.success) return { ...read.data, info: info.data } as Manifest;
  return `${manifestName} does not tell what a ${read.data.kind} step tells: ${
    firstIssue(info.error)
  }`;
}

/** The first thing that is wrong, and where: "levels.0.top1: Invalid input: expected number, received undefined". */
function firstIssue({ issues }: z.ZodError): string {
  const [{ path, message }] = issues as [z.core.$ZodIssue];
  return `${path.join(".")}: ${message}`;
}
