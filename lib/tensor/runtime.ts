import type { FailureKind } from "@/lib/base/errors.ts";
import { C_API, type CApi, type Pointer } from "@/lib/tensor/c_api.ts";
import { configProto } from "@/lib/tensor/config_proto.ts";
import { keepOpen } from "@/lib/tensor/keep_open.ts";
import { unusableLibrary } from "@/lib/tensor/library.ts";
import { quietly } from "@/lib/tensor/standard_error.ts";

/** TensorFlow, loaded: its functions, and the one eager context in which everything runs. */
export interface Runtime {
  readonly api: CApi;
  readonly context: Pointer;
  /** Reused by every call that blocks; one that runs aside needs its own. */
  readonly status: Pointer;
  readonly version: string;
  readonly library: string;
  readonly threads: number;
}

/** An error that TensorFlow reported. */
export class TensorFlowError extends Error {
  override readonly name = "TensorFlowError";
  readonly kind: FailureKind;

  /** @param code TensorFlow's status code, `TF_Code`. */
  constructor(message: string, code: number) {
    super(message);
    this.kind = code === RESOURCE_EXHAUSTED ? "out of memory" : "bug";
  }
}

const RESOURCE_EXHAUSTED = 8;

let loaded: Runtime | undefined;

/**
 * The loaded runtime.
 *
 * @throws {Error} Before `loadBackend()`.
 */
export function currentRuntime(): Runtime {
  if (loaded === undefined) throw new Error("TensorFlow is not loaded: await loadBackend() first");
  return loaded;
}

/**
 * Opens libtensorflow and makes the process's one eager context.
 *
 * @param library Path of the shared library.
 * @param options.threads Threads of one op, and ops at a time.
 * @throws {InputError} If the library cannot be opened or lacks a function.
 */
export function loadRuntime(
  library: string,
  options: { threads: number },
): Runtime {
  const api = quietly("2", () => openLibrary(library));
  const status = notNull(api.TF_NewStatus());
  const contextOptions = api.TFE_NewContextOptions();
  const config = configProto(options);
  api.TFE_ContextOptionsSetConfig(contextOptions, config, BigInt(config.length), status);
  checkStatus(api, status, "Cannot configure TensorFlow");
  const context = api.TFE_NewContext(contextOptions, status);
  checkStatus(api, status, "Cannot start TensorFlow");
  api.TFE_DeleteContextOptions(contextOptions);
  const version = Deno.UnsafePointerView.getCString(notNull(api.TF_Version()));
  loaded = { api, context: notNull(context), status, version, library, ...options };
  return loaded;
}

function openLibrary(library: string): CApi {
  try {
    const { symbols } = Deno.dlopen(library, C_API);
    keepOpen(library);
    return symbols;
  } catch (error) {
    throw unusableLibrary(library, error);
  }
}

/** Throws what a status reports, with what was being done before it. */
export function checkStatus(api: CApi, status: Pointer, doing: string): void {
  const code = api.TF_GetCode(status);
  if (code === 0) return;
  const message = Deno.UnsafePointerView.getCString(notNull(api.TF_Message(status)));
  throw new TensorFlowError(`${doing}: ${message}`, code);
}

/** The pointer, which a C function promised not to be null. */
export function notNull(pointer: Deno.PointerValue): Pointer {
  if (pointer === null) throw new Error("TensorFlow returned a null pointer");
  return pointer;
}
