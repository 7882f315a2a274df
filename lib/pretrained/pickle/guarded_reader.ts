import { BufferReader } from "pickleparser";

/** The instructions of a pickle that files of weights have, as Python's pickletools names them. */
const instructions: Readonly<Record<string, number>> = {
  MARK: 0x28,
  EMPTY_TUPLE: 0x29,
  STOP: 0x2e,
  POP: 0x30,
  POP_MARK: 0x31,
  BINBYTES: 0x42,
  SHORT_BINBYTES: 0x43,
  BINFLOAT: 0x47,
  BININT: 0x4a,
  BININT1: 0x4b,
  BININT2: 0x4d,
  NONE: 0x4e,
  BINPERSID: 0x51,
  REDUCE: 0x52,
  BINSTRING: 0x54,
  SHORT_BINSTRING: 0x55,
  BINUNICODE: 0x58,
  EMPTY_LIST: 0x5d,
  APPEND: 0x61,
  BUILD: 0x62,
  GLOBAL: 0x63,
  APPENDS: 0x65,
  BINGET: 0x68,
  LONG_BINGET: 0x6a,
  LIST: 0x6c,
  BINPUT: 0x71,
  LONG_BINPUT: 0x72,
  SETITEM: 0x73,
  TUPLE: 0x74,
  SETITEMS: 0x75,
  EMPTY_DICT: 0x7d,
  PROTO: 0x80,
  NEWOBJ: 0x81,
  TUPLE1: 0x85,
  TUPLE2: 0x86,
  TUPLE3: 0x87,
  NEWTRUE: 0x88,
  NEWFALSE: 0x89,
  LONG1: 0x8a,
  LONG4: 0x8b,
  SHORT_BINUNICODE: 0x8c,
  BINUNICODE8: 0x8d,
  BINBYTES8: 0x8e,
  EMPTY_SET: 0x8f,
  ADDITEMS: 0x90,
  FROZENSET: 0x91,
  STACK_GLOBAL: 0x93,
  MEMOIZE: 0x94,
  FRAME: 0x95,
};

const nameOf = new Map(Object.entries(instructions).map(([name, code]) => [code, name]));
const ofBytes: readonly (string | undefined)[] = ["BINBYTES", "SHORT_BINBYTES", "BINBYTES8"];

/** A checkpoint of a large network with its optimizer has less than a tenth of it. */
const MOST_INSTRUCTIONS = 2_000_000;
/** Of what BUILD copies, counted as all that came before it. */
const MOST_COPIED = 20_000_000;
/** The longest integer, in bytes; the magic number of PyTorch's older files has 10. */
const LONGEST_INTEGER = 32;

/**
 * Hands a pickle to the parser, and refuses whatever would cost it more than the pickle's length: too many instructions, copies of
 * copies, integers of millions of digits, a way back; and every instruction that files of weights do not have.
 *
 * It sees which of the bytes are instructions, because the parser asks whether there are more before each and nowhere else.
 */
export class GuardedReader extends BufferReader {
  #isInstruction = false;
  #instruction: string | undefined;
  #count = 0;
  #copied = 0;

  override hasNext(): boolean {
    this.#isInstruction = true;
    return super.hasNext();
  }

  override byte(): number {
    const byte = super.byte();
    if (!this.#isInstruction) return byte;
    this.#isInstruction = false;
    this.#instruction = nameOf.get(byte);
    if (this.#instruction === undefined) {
      throw new Error(`it has the instruction ${byte}, which files of weights do not have`);
    }
    this.#count++;
    if (this.#instruction === "BUILD") this.#copied += this.#count;
    if (this.#count > MOST_INSTRUCTIONS || this.#copied > MOST_COPIED) {
      throw new Error("it has more instructions than any file of weights");
    }
    // The parser knows short integers up to 2^53 only; it reads the long ones whole, so it is told that this is one.
    return this.#instruction === "LONG1" ? instructions.LONG4! : byte;
  }

  override bytes(length: number): Uint8Array {
    const bytes = super.bytes(length) as Uint8Array;
    const isInteger = this.#instruction === "LONG1" || this.#instruction === "LONG4";
    if (isInteger && length > LONGEST_INTEGER) {
      throw new Error(`it has an integer of ${length} bytes`);
    }
    // Weights are elsewhere. These are the parts of what is dropped, and the parser would let a pickle write into itself.
    return ofBytes.includes(this.#instruction) ? new Uint8Array() : bytes;
  }

  override uint32(): number {
    return this.#instruction === "LONG1" ? super.byte() : super.uint32();
  }

  override uint64(): number {
    const bytes = super.bytes(8) as Uint8Array;
    const value = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
    if (value > BigInt(this.length)) throw new Error(`it should have ${value} bytes more`);
    return Number(value);
  }

  override skip(length: number): void {
    if (length < 0) throw new Error(`it has a piece of ${length} bytes`);
    super.skip(length);
  }
}
