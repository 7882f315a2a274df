import { compileOptions } from "@/lib/tensor/pjrt/compile_options.ts";
import type { Device } from "@/lib/tensor/pjrt/device.ts";
import { PjrtError } from "@/lib/tensor/pjrt/error.ts";
import { adoptExecutable, type Executable } from "@/lib/tensor/pjrt/executable.ts";
import { cachedExecutable, cacheKey, keepExecutable } from "@/lib/tensor/pjrt/executable_cache.ts";
import { STRUCTS } from "@/lib/tensor/pjrt/header.ts";
import type { Session } from "@/lib/tensor/pjrt/session.ts";
import { struct } from "@/lib/tensor/pjrt/struct.ts";

/** A program, and for what it is compiled. */
export interface Program {
  /** A StableHLO module with a function `@main`, in MLIR's text form. */
  readonly text: string;
  /** Where it runs: on several, XLA partitions it as its shardings say. */
  readonly devices: readonly Device[];
  /** A folder of compiled programs; see `executable_cache.ts`. */
  readonly cache?: string;
}

/**
 * Compiles a program on another thread, or loads what an earlier process compiled of it.
 *
 * @throws {PjrtError} What is wrong with it.
 */
export async function compileProgram(session: Session, program: Program): Promise<Executable> {
  const { text, devices, cache } = program;
  const { plugin: { api }, platform } = session;
  const options = compileOptions(text, { devices, platform });
  const adopt = (loaded: bigint) => adoptExecutable(api, loaded, { devices, text });
  const compile = async () => adopt(await compileAnew(session, text, { options }));
  if (cache === undefined) return await compile();
  const key = await cacheKey(session, { text, devices, options });
  const kept = await cachedExecutable(cache, key);
  const loaded = kept && await load(session, kept);
  if (loaded !== undefined) return adopt(loaded);
  const executable = await compile();
  await keepExecutable(cache, key, executable);
  return executable;
}

/**
 * Compiles a program on this thread, for a caller that cannot wait; nothing is kept of it.
 *
 * @throws {PjrtError} What is wrong with it.
 */
export function compileHere(
  { plugin: { api }, client, platform }: Session,
  { text, devices }: Program,
): Executable {
  const options = compileOptions(text, { devices, platform });
  const made = api.call("PJRT_Client_Compile", { client, ...wordsOf(text, options) });
  return adoptExecutable(api, made.get("executable"), { devices, text });
}

async function compileAnew(
  { plugin, client }: Session,
  text: string,
  { options }: { readonly options: Uint8Array<ArrayBuffer> },
): Promise<bigint> {
  const made = await plugin.api.callAside("PJRT_Client_Compile", {
    client,
    ...wordsOf(text, options),
  });
  return made.get("executable");
}

function wordsOf(text: string, options: Uint8Array<ArrayBuffer>) {
  const encoder = new TextEncoder();
  const code = encoder.encode(text), format = encoder.encode("mlir");
  return {
    program: struct(STRUCTS.PJRT_Program, {
      code,
      code_size: code.length,
      format,
      format_size: format.length,
    }),
    compile_options: options,
    compile_options_size: options.length,
  };
}

/** What a plugin does not take, though it is as it was written, is compiled anew: another processor, for one. */
async function load(
  { plugin, client }: Session,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<bigint | undefined> {
  try {
    const made = await plugin.api.callAside("PJRT_Executable_DeserializeAndLoad", {
      client,
      serialized_executable: bytes,
      serialized_executable_size: bytes.length,
    });
    return made.get("loaded_executable");
  } catch (error) {
    if (error instanceof PjrtError) return undefined;
    throw error;
  }
}
