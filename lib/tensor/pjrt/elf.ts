/** `e_machine` of the ELF header, by Deno's names of architectures. */
const MACHINES: Readonly<Record<number, string>> = { 3: "x86", 62: "x86_64", 183: "aarch64" };

const MAGIC = [0x7f, 0x45, 0x4c, 0x46], MACHINE_AT = 18;

/**
 * The architecture of a shared library that is not for this machine: the system's own words for that are misleading.
 *
 * @returns `undefined` where it is for this machine, or the file says nothing of it: not in ELF, or no file.
 */
export function foreignArchitecture(path: string): string | undefined {
  const head = new Uint8Array(MACHINE_AT + 2);
  try {
    using file = Deno.openSync(path);
    if (file.readSync(head) !== head.length) return undefined;
  } catch {
    return undefined;
  }
  if (MAGIC.some((byte, i) => head[i] !== byte)) return undefined;
  const machine = head[MACHINE_AT]! | head[MACHINE_AT + 1]! << 8;
  const name = MACHINES[machine] ?? `another processor (ELF machine ${machine})`;
  return name === Deno.build.arch ? undefined : name;
}
