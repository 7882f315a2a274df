import { InputError, messageOf } from "@/lib/base/errors.ts";
import { keepOpen } from "@/lib/tensor/keep_open.ts";

/**
 * Opens libraries, until the process ends, for another that is opened after them and needs them by their names (CUDA's, for a
 * plugin).
 *
 * Deno opens each for itself alone (`RTLD_LOCAL`): its symbols are found by no other library that merely looks about. But glibc
 * knows a library that is open by its own name (its soname), wherever it lies, and gives the same one to whatever needs that
 * name or opens it; no `LD_LIBRARY_PATH` is wanted.
 *
 * @param paths In such an order that each comes after those that it needs.
 * @throws {InputError} If one cannot be opened.
 */
export function openLibraries(paths: readonly string[]): void {
  for (const path of paths) {
    try {
      Deno.dlopen(path, {});
      keepOpen(path);
    } catch (error) {
      const why = messageOf(error).replace(/^(Could not open library: )+/, "");
      throw new InputError(
        "CUDA's libraries",
        `${path} cannot be opened: ${why}`,
        "Install the package that it is part of again, or compute on the CPU (--device cpu)",
        { kind: "machine", cause: error },
      );
    }
  }
}
