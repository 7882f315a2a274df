import { textAt } from "@/lib/tensor/c_memory.ts";
import { PjrtError } from "@/lib/tensor/pjrt/error.ts";
import {
  API,
  API_VERSION,
  type ArgumentOf,
  type FunctionName,
  FUNCTIONS,
} from "@/lib/tensor/pjrt/header.ts";
import { unusablePlugin } from "@/lib/tensor/pjrt/plugin_errors.ts";
import { type FieldValue, type Laid, type Struct, struct } from "@/lib/tensor/pjrt/struct.ts";

/** Arguments of a function; the struct says afterwards what it gave. */
export type Arguments<N extends FunctionName> = Partial<Record<ArgumentOf<N>, FieldValue>>;

/** A plugin's functions, callable. */
export interface Api {
  /** The version of the C API that the plugin was built with. */
  readonly version: readonly [major: number, minor: number];
  /**
   * Calls a function on this thread.
   *
   * @returns The struct of its arguments, with what it put there.
   * @throws {PjrtError} What it reports.
   * @throws {InputError} If the plugin is too old to have it.
   */
  call<N extends FunctionName>(name: N, values: Arguments<N>): Struct<ArgumentOf<N>>;
  /** The same on another thread, while JavaScript goes on. */
  callAside<N extends FunctionName>(
    name: N,
    values: Arguments<N>,
  ): Promise<Struct<ArgumentOf<N>>>;
}

/** All of them take the address of one struct, and give that of an error or 0. */
const HERE = { parameters: ["buffer"], result: "u64" } as const;
const ASIDE = { parameters: ["buffer"], result: "u64", nonblocking: true } as const;

/**
 * Reads a plugin's table of functions.
 *
 * @param table What its `GetPjrtApi` gave.
 * @param path The plugin's file, for messages.
 * @throws {InputError} If it is of another major version of the API, in which nothing need be where it was.
 */
export function readApi(table: Deno.PointerObject, path: string): Api {
  const view = new Deno.UnsafePointerView(table);
  const size = Number(view.getBigUint64(API.size));
  const version = [view.getInt32(API.major), view.getInt32(API.minor)] as const;
  if (version[0] !== API_VERSION.major) {
    const why = `its API is of version ${
      version.join(".")
    }, and only ${API_VERSION.major}.x is known`;
    throw unusablePlugin(path, why);
  }
  const here = new Map<FunctionName, Deno.UnsafeFnPointer<typeof HERE>>();
  // JavaScript knows nothing of the addresses in a struct: what it points to has to be held until a call is over.
  const underway = new Set<Laid>();

  const pointerOf = <Definition>(name: FunctionName): Deno.PointerObject<Definition> => {
    const offset = API.functions + 8 * FUNCTIONS[name].index;
    const pointer = offset + 8 > size ? null : view.getPointer<Definition>(offset);
    if (pointer !== null) return pointer;
    throw unusablePlugin(path, `its API is of version ${version.join(".")}, which has no ${name}`);
  };

  const argumentsOf = <N extends FunctionName>(name: N, values: Arguments<N>) => {
    const fields: readonly ArgumentOf<N>[] = FUNCTIONS[name].fields;
    return struct(fields, values);
  };

  const invoke = <N extends FunctionName>(name: N, given: Struct<ArgumentOf<N>>): bigint => {
    let fn = here.get(name);
    if (fn === undefined) here.set(name, fn = new Deno.UnsafeFnPointer(pointerOf(name), HERE));
    underway.add(given);
    try {
      return fn.call(given.words);
    } finally {
      underway.delete(given);
    }
  };

  const throwReported = (error: bigint): void => {
    if (error === 0n) return;
    const said = argumentsOf("PJRT_Error_Message", { error });
    const code = argumentsOf("PJRT_Error_GetCode", { error });
    // What the first and the last of these give back is no error.
    invoke("PJRT_Error_Message", said);
    invoke("PJRT_Error_GetCode", code);
    const words = textAt(said.get("message"), said.number("message_size"));
    invoke("PJRT_Error_Destroy", argumentsOf("PJRT_Error_Destroy", { error }));
    throw new PjrtError(words, code.number("code"));
  };

  return {
    version,
    call(name, values) {
      const given = argumentsOf(name, values);
      throwReported(invoke(name, given));
      return given;
    },
    async callAside(name, values) {
      const given = argumentsOf(name, values);
      const fn = new Deno.UnsafeFnPointer(pointerOf<typeof ASIDE>(name), ASIDE);
      underway.add(given);
      try {
        throwReported(await fn.call(given.words));
      } finally {
        underway.delete(given);
      }
      return given;
    },
  };
}
