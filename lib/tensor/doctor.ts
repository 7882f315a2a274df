import { InputError } from "@/lib/base/errors.ts";
import { libraryFromEnvironment } from "@/lib/tensor/library.ts";
import {
  type Check,
  checkDeno,
  checkMachine,
  checkMemory,
  checkPip,
  checkProcessor,
} from "@/lib/tensor/machine_checks.ts";
import { cacheFolder, fileName, inspectCache } from "@/lib/tensor/provision/cache.ts";
import { packageFor } from "@/lib/tensor/provision/package.ts";

/** What this machine offers the tensor engine. */
export interface Diagnosis {
  readonly checks: readonly Check[];
}

/**
 * Looks at everything that the tensor engine needs, and runs one matrix product; fetches and changes nothing.
 *
 * The product is run in another process: a processor that the library does not suit kills the one that tries.
 */
export async function diagnose(): Promise<Diagnosis> {
  const library = await checkLibrary();
  return {
    checks: [
      checkDeno(),
      checkMachine(),
      checkMemory(),
      await checkProcessor(),
      await checkPip(),
      library,
      await checkProduct(library),
    ],
  };
}

async function checkLibrary(): Promise<Check> {
  const name = "TensorFlow's library";
  const own = libraryFromEnvironment();
  if (own !== undefined) {
    const info = await Deno.stat(own).catch(() => undefined);
    if (info?.isFile) return { name, state: "ok", detail: `${own}, from TENSORFLOW_LIBRARY` };
    const detail = `TENSORFLOW_LIBRARY is "${own}", which is not a file`;
    return { name, state: "broken", detail, remedy: "Mend or unset TENSORFLOW_LIBRARY" };
  }
  try {
    const wanted = packageFor();
    const folder = cacheFolder(wanted);
    const found = await inspectCache(folder, wanted, { hashes: true });
    switch (found.state) {
      case "ok": {
        const path = `${folder}/${fileName(wanted.libraries[0])}`;
        const detail = `${path}, version ${found.manifest.version}, checksums agree`;
        return { name, state: "ok", detail };
      }
      case "missing": {
        const remedy = `None needed: the first run fetches it (${wanted.name}, about 270 MB)`;
        return { name, state: "missing", detail: `not in ${folder}`, remedy };
      }
      case "broken": {
        const detail = `${folder}: ${found.problem}`;
        return {
          name,
          state: "broken",
          detail,
          remedy: `Remove ${folder}; the next run fetches it again`,
        };
      }
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { name, state: "missing", detail: error.problem, remedy: error.remedy };
  }
}

async function checkProduct(library: Check): Promise<Check> {
  const name = "64 x 64 matrix product";
  if (library.state !== "ok") {
    return { name, state: "missing", detail: "not tried: there is no sound library" };
  }
  const program = new URL(import.meta.resolve("@/lib/tensor/matrix_product.ts"));
  const { success, stdout, stderr, signal } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", program.pathname],
    stdin: "null",
  }).output();
  const said = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (success) return { name, state: "ok", detail: said(stdout) };
  return {
    name,
    state: "broken",
    detail: signal === null
      ? said(stderr).split("\n").find((line) => line !== "") ?? "no reason given"
      : `the process was ended by ${signal}`,
    remedy: "Try another library with TENSORFLOW_LIBRARY, or another machine",
  };
}
