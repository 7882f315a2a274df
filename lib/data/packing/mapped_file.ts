/** The C functions that map files; the numbers are those of Linux and macOS on 64 bits. */
const symbols = {
  open: { parameters: ["buffer", "i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  mmap: { parameters: ["pointer", "usize", "i32", "i32", "i32", "i64"], result: "pointer" },
  munmap: { parameters: ["pointer", "usize"], result: "i32" },
} as const;

const READ_ONLY = 0, PROTECTION_READ = 1, SHARED = 1;
const MAP_FAILED = 2n ** 64n - 1n;

let library: Deno.DynamicLibrary<typeof symbols> | null | undefined;

/** The C library; `null` where there is none of the names known. */
function cLibrary(): Deno.DynamicLibrary<typeof symbols> | null {
  if (library !== undefined) return library;
  const name = Deno.build.os === "darwin" ? "libSystem.B.dylib" : "libc.so.6";
  try {
    library = Deno.dlopen(name, symbols);
  } catch {
    library = null;
  }
  return library;
}

const unmap = new FinalizationRegistry<{ address: Deno.PointerValue; size: number }>(
  ({ address, size }) => cLibrary()?.symbols.munmap(address, BigInt(size)),
);

/**
 * A file's bytes, mapped into memory: read from disk when they are looked at, and shared between processes. They must not
 * be written to. The mapping goes when nothing refers to the bytes any more.
 *
 * @param size The file's size, in bytes.
 * @returns `null` where files cannot be mapped.
 */
export function mapFile(path: string, size: number): Uint8Array<ArrayBuffer> | null {
  if (size === 0) return new Uint8Array();
  const c = cLibrary()?.symbols;
  if (c === undefined) return null;
  const file = c.open(new TextEncoder().encode(`${path}\0`), READ_ONLY);
  if (file < 0) return null;
  const address = c.mmap(null, BigInt(size), PROTECTION_READ, SHARED, file, 0n);
  // The mapping outlives the descriptor.
  c.close(file);
  if (address === null || Deno.UnsafePointer.value(address) === MAP_FAILED) return null;
  const buffer = Deno.UnsafePointerView.getArrayBuffer(address, size);
  unmap.register(buffer, { address, size });
  return new Uint8Array(buffer);
}
