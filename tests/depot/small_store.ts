import { makeStep, type StepOf } from "@/lib/plan/mod.ts";
import { type Manifest, openStore, putArtifact, type Store } from "@/lib/store/mod.ts";

/** A step of its own for each number. */
export function ingestStep(number: number): StepOf<"ingest"> {
  return makeStep(
    {
      kind: "ingest",
      spec: { dataset: `${number}`, form: "image-folder", pixels: 32 },
      needs: {},
    },
    `images ${number}`,
  );
}

/** Bytes that differ from one number to the next. */
export function someBytes(length: number, number: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length), first = Math.min(length, 100_003);
  for (let i = 0; i < first; i++) bytes[i] = (31 * i + 7 * number + (i >> 8)) % 251;
  for (let at = first; at < length; at *= 2) bytes.copyWithin(at, 0, at);
  return bytes;
}

/** Puts an artifact with these files. */
export async function put(
  store: Store,
  { key }: { readonly key: string },
  files: Readonly<Record<string, Uint8Array>>,
): Promise<Manifest> {
  return await putArtifact<"ingest">(store, key, async (folder) => {
    for (const [name, bytes] of Object.entries(files)) {
      await Deno.writeFile(`${folder}/${name}`, bytes);
    }
    return {
      key,
      kind: "ingest",
      spec: {},
      needs: {},
      code: "c0de",
      info: { train: 1, test: 1, unlabelled: 0, skipped: [] },
      made: { at: "2026-01-01T00:00:00.000Z", seconds: 1, host: "h", machine: {}, command: "c" },
    };
  });
}

/** Runs a body with stores of these names, each in a folder beside the others. */
export async function withStores<N extends string>(
  names: readonly N[],
  body: (stores: Readonly<Record<N, Store>>, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const stores: Partial<Record<N, Store>> = {};
    for (const name of names) stores[name] = await openStore(`${folder}/${name}`);
    await body(stores as Record<N, Store>, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The paths of all files in a folder, from it on, sorted. */
export async function filesIn(folder: string, path = ""): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(`${folder}${path}`));
  const found = await Promise.all(
    entries.map(({ name, isDirectory }) =>
      isDirectory ? filesIn(folder, `${path}/${name}`) : [`${path}/${name}`]
    ),
  );
  return found.flat().sort();
}
