const LIBC = { linux: "libc.so.6", darwin: "libSystem.B.dylib" } as Record<string, string>;

/** The C library with these of its functions; undefined where it cannot be reached. */
export function openLibc<Symbols extends Deno.ForeignLibraryInterface>(
  symbols: Symbols,
): Deno.DynamicLibrary<Symbols> | undefined {
  const name = LIBC[Deno.build.os];
  if (name === undefined) return undefined;
  try {
    return Deno.dlopen(name, symbols);
  } catch {
    return undefined;
  }
}
