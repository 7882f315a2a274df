import { messageOf } from "@/lib/base/errors.ts";
import { wordsOf } from "@/lib/base/system_errors.ts";
import { type Api, readApi } from "@/lib/tensor/pjrt/api.ts";
import { elfProblem } from "@/lib/tensor/pjrt/elf.ts";
import { keepOpen } from "@/lib/tensor/keep_open.ts";
import { notStarted, unusablePlugin } from "@/lib/tensor/pjrt/plugin_errors.ts";
import { quietly } from "@/lib/tensor/standard_error.ts";

/** A plugin that is open and set up. */
export interface Plugin {
  readonly path: string;
  readonly api: Api;
}

const opened = new Map<string, Plugin>();

/**
 * Opens a PJRT plugin and sets it up; once in a process, a second call for the same path gives the same.
 *
 * What it writes to standard error meanwhile is withheld, unless `TF_CPP_MIN_LOG_LEVEL` asks for its log.
 *
 * @param path Its shared library. What it needs beside it (CUDA's libraries) must be open, or where the system looks.
 * @throws {InputError} If it is no plugin for this machine, or does not start: as where a driver is too old for it.
 */
export function openPlugin(path: string): Plugin {
  let plugin = opened.get(path);
  if (plugin === undefined) opened.set(path, plugin = quietly("3", () => open(path)));
  return plugin;
}

function open(path: string): Plugin {
  const problem = problemOf(path);
  if (problem !== undefined) throw unusablePlugin(path, problem);
  const api = readApi(tableOf(path), path);
  try {
    api.call("PJRT_Plugin_Initialize", {});
  } catch (error) {
    throw notStarted(path, error);
  }
  return { path, api };
}

/** What can be told of a file without opening it as a library. */
function problemOf(path: string): string | undefined {
  try {
    return Deno.statSync(path).isFile ? elfProblem(path) : "it is no file";
  } catch (error) {
    return wordsOf(error);
  }
}

/** The plugin's `PJRT_Api`. */
function tableOf(path: string): Deno.PointerObject {
  let library;
  try {
    library = Deno.dlopen(path, { GetPjrtApi: { parameters: [], result: "pointer" } });
  } catch (cause) {
    const why = messageOf(cause).replace(/^(Could not open library: )+/, "")
      .replace(/^Failed to register symbol .*/s, "it has no GetPjrtApi, as every PJRT plugin has");
    throw unusablePlugin(path, why, { cause });
  }
  keepOpen(path);
  const table = library.symbols.GetPjrtApi();
  if (table === null) throw unusablePlugin(path, "its GetPjrtApi gives nothing");
  return table;
}
