import { InputError, messageOf } from "@/lib/base/errors.ts";
import { type Api, readApi } from "@/lib/tensor/pjrt/api.ts";
import { foreignArchitecture } from "@/lib/tensor/pjrt/elf.ts";
import { PjrtError } from "@/lib/tensor/pjrt/error.ts";
import { API_VERSION } from "@/lib/tensor/pjrt/header.ts";
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
  const found = foreignArchitecture(path);
  if (found !== undefined) {
    throw unusable(path, `it is for ${found}, and this machine is ${Deno.build.arch}`);
  }
  const api = readApi(tableOf(path), path);
  const [major] = api.version;
  if (major !== API_VERSION.major) {
    throw unusable(
      path,
      `its API is of version ${api.version.join(".")}, and only ${API_VERSION.major}.x is known`,
    );
  }
  try {
    api.call("PJRT_Plugin_Initialize", {});
  } catch (error) {
    throw notStarted(path, error);
  }
  return { path, api };
}

/** The plugin's `PJRT_Api`. */
function tableOf(path: string): Deno.PointerObject {
  let library;
  try {
    library = Deno.dlopen(path, { GetPjrtApi: { parameters: [], result: "pointer" } });
  } catch (error) {
    const why = messageOf(error).replace(/^(Could not open library: )+/, "")
      .replace(/^Failed to register symbol .*/s, "it has no GetPjrtApi, as every PJRT plugin has");
    throw unusable(path, why, error);
  }
  const table = library.symbols.GetPjrtApi();
  if (table === null) throw unusable(path, "its GetPjrtApi gives nothing");
  return table;
}

function unusable(path: string, why: string, cause?: unknown): InputError {
  return new InputError(
    "PJRT plugin",
    `${path} cannot be used: ${why}`,
    "Set PJRT_PLUGIN to one for this machine, or compute on the CPU (--device cpu)",
    { kind: "machine", cause },
  );
}

/** The error of a plugin that can be opened and does not start; what is no error of the plugin's, as it is. */
export function notStarted(path: string, error: unknown): unknown {
  if (!(error instanceof PjrtError)) return error;
  return new InputError(
    "PJRT plugin",
    `${path} does not start: ${error.message.replace(/[.:\s]+$/, "")}`,
    "See that its device is there and free and its driver is new enough, or compute on the CPU (--device cpu)",
    { kind: "machine", cause: error },
  );
}
