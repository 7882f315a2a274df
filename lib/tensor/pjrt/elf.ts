/** `e_machine` of the ELF header, by Deno's names of architectures. */
const MACHINES: Readonly<Record<number, string>> = { 3: "x86", 62: "x86_64", 183: "aarch64" };

const MAGIC = [0x7f, 0x45, 0x4c, 0x46];

/** Where the header of a file of 64 bits has its parts. */
const AT = { machine: 18, sections: 40, sectionSize: 58, sectionCount: 60, end: 64 } as const;

/**
 * What keeps a shared library in ELF from being opened on this machine: another architecture, for which the system's own
 * words are misleading, or an end that is missing, over which the process would die.
 *
 * @returns `undefined` where there is nothing, or the file is not in ELF.
 */
export function elfProblem(path: string): string | undefined {
  using file = Deno.openSync(path);
  const bytes = new Uint8Array(AT.end), { size } = file.statSync();
  if (file.readSync(bytes) !== AT.end || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    return undefined;
  }
  const header = new DataView(bytes.buffer);
  const machine = header.getUint16(AT.machine, true);
  const name = MACHINES[machine] ?? `another processor (ELF machine ${machine})`;
  if (name !== Deno.build.arch) return `it is for ${name}, and this machine is ${Deno.build.arch}`;
  // The table of sections is the last of a file.
  const end = Number(header.getBigUint64(AT.sections, true)) +
    header.getUint16(AT.sectionSize, true) * header.getUint16(AT.sectionCount, true);
  return size < end ? `it is cut short: it has ${size} bytes of ${end}` : undefined;
}
