// @ts-types="@types/yauzl"
import { fromRandomAccessReaderPromise, RandomAccessReader } from "yauzl";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import type { FileBytes } from "@/lib/pretrained/file_bytes.ts";
import { type StoragePlace, torchWeights } from "@/lib/pretrained/formats/torch_tensors.ts";
import { LONGEST_PICKLE, unpickle } from "@/lib/pretrained/pickle/unpickle.ts";
import type { WeightFile } from "@/lib/pretrained/weight_file.ts";

/** The most files in one: a checkpoint has one a storage. */
const MOST_ENTRIES = 200_000;

/**
 * Opens a file of PyTorch 1.6 or later: a zip of a pickle and of storages, none of them compressed.
 *
 * @throws {InputError} If it is none, or not whole.
 */
export async function openTorchZip(file: FileBytes): Promise<WeightFile> {
  const { path } = file;
  const entries = await entriesOf(file);
  const atTop = (file: string) =>
    entries.find(({ name }) =>
      name.endsWith(`/${file}`) && name.indexOf("/") === name.lastIndexOf("/")
    );
  if (atTop("constants.pkl") !== undefined) {
    throw new InputError(
      path,
      "it is a TorchScript archive, a program",
      'Save its weights, in Python: torch.save(torch.jit.load(path).state_dict(), "weights.pth")',
    );
  }
  const pickle = atTop("data.pkl")?.name;
  if (pickle === undefined) {
    throw new InputError(path, "it is a zip, but none of PyTorch's", "Name a file of weights");
  }
  const root = pickle.slice(0, -"data.pkl".length);
  const places = placesOf(entries, path);
  const { begin, bytes } = places.get(pickle)!;
  if (bytes > LONGEST_PICKLE) {
    throw new InputError(
      path,
      `its pickle has ${bytes} bytes, and may have ${LONGEST_PICKLE}`,
      'Save the weights alone, in Python: torch.save(model.state_dict(), "weights.pth")',
    );
  }
  const content = unpickle(await file.read(begin, bytes), path);
  const prefix = `${root}data/`;
  const storages = [...places].filter(([name]) => name.startsWith(prefix));
  return torchWeights(file, {
    ...content,
    places: new Map(storages.map(([name, place]) => [name.slice(prefix.length), place])),
    isBigEndian: await isBigEndian(file, places.get(`${root}byteorder`)),
  });
}

/** The order of bytes that the archive tells; before PyTorch 2.1 it told none. */
async function isBigEndian(file: FileBytes, place: StoragePlace | undefined): Promise<boolean> {
  if (place === undefined) return false;
  const order = new TextDecoder().decode(await file.read(place.begin, Math.min(place.bytes, 16)));
  if (order === "little" || order === "big") return order === "big";
  throw new InputError(file.path, `its order of bytes is "${order}"`, "Fetch the file again");
}

/** A file in a zip. */
interface ZipEntry extends StoragePlace {
  readonly name: string;
  /** Where its own header begins, before `begin`. */
  readonly head: number;
  readonly isAsItIs: boolean;
}

/** Where the files in a zip are, each outside of all others. */
function placesOf(entries: readonly ZipEntry[], path: string): ReadonlyMap<string, StoragePlace> {
  const places = new Map<string, StoragePlace>();
  let last: ZipEntry | undefined;
  for (const entry of entries.toSorted((a, b) => a.head - b.head)) {
    const { name, head, begin, bytes, isAsItIs } = entry;
    if (!isAsItIs) throw refused(path, `"${name}" in it is compressed or encrypted`);
    if (places.has(name)) throw refused(path, `"${name}" is twice in it`);
    if (last !== undefined && head < last.begin + last.bytes) {
      throw refused(path, `"${last.name}" and "${name}" lie in one another`);
    }
    places.set(name, { begin, bytes });
    last = entry;
  }
  return places;
}

/** Reads for the parser, which by itself hands the system places that no file has, and then nothing catches what is thrown. */
class ZipReader extends RandomAccessReader {
  readonly #file: FileBytes;

  constructor(file: FileBytes) {
    super();
    this.#file = file;
  }

  override read(
    ...[buffer, offset, length, position, callback]: Parameters<RandomAccessReader["read"]>
  ): void {
    this.#file.read(position, length).then((bytes) => {
      buffer.set(bytes, offset);
      callback(null);
    }, callback);
  }
}

/** What a zip's list of contents says, and what stands before each of its files. */
async function entriesOf(file: FileBytes): Promise<readonly ZipEntry[]> {
  const { path, size } = file;
  const entries: ZipEntry[] = [];
  try {
    const zip = await fromRandomAccessReaderPromise(new ZipReader(file), size, {
      autoClose: false,
      lazyEntries: true,
    });
    try {
      for await (const entry of zip.eachEntry()) {
        if (entries.length === MOST_ENTRIES) throw new Error(`more than ${MOST_ENTRIES} files`);
        const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
        entries.push({
          name: entry.fileName,
          head: entry.relativeOffsetOfLocalHeader,
          begin: fileDataStart,
          bytes: entry.uncompressedSize,
          isAsItIs: entry.compressionMethod === 0 && !entry.isEncrypted(),
        });
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    const why = error instanceof InputError ? error.problem : messageOf(error).replace(/\.$/, "");
    throw refused(path, `it is not a whole zip of PyTorch's: ${why}`);
  }
  return entries;
}

function refused(path: string, problem: string): InputError {
  return new InputError(path, problem, "Fetch the file again, or save it again with torch.save()");
}
