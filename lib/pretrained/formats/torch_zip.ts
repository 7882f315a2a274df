import { type Entry, Reader, ZipReader } from "@zip.js/zip.js";
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
  if (entries.some(({ filename }) => /^[^/]+\/constants\.pkl$/.test(filename))) {
    throw new InputError(
      path,
      "it is a TorchScript archive, a program",
      'Save its weights, in Python: torch.save(torch.jit.load(path).state_dict(), "weights.pth")',
    );
  }
  const pickle = entries.map((one) => one.filename).find((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickle === undefined) {
    throw new InputError(path, "it is a zip, but none of PyTorch's", "Name a file of weights");
  }
  const root = pickle.slice(0, -"data.pkl".length);
  const places = await placesOf(entries, file);
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

class FileReader extends Reader<void> {
  constructor(readonly file: FileBytes) {
    super();
    this.size = file.size;
  }

  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    return this.file.read(index, Math.min(length, this.size - index));
  }
}

/** Where the files in a zip are. */
async function placesOf(
  entries: readonly Entry[],
  file: FileBytes,
): Promise<ReadonlyMap<string, StoragePlace>> {
  const { path, size } = file;
  const places = new Map<string, StoragePlace>();
  const spans: { readonly name: string; readonly from: number; readonly to: number }[] = [];
  for (const entry of entries) {
    if (entry.directory) continue;
    const name = entry.filename;
    if (entry.encrypted || entry.compressionMethod !== 0) {
      throw refused(path, `"${name}" in it is ${entry.encrypted ? "encrypted" : "compressed"}`);
    }
    const bytes = entry.uncompressedSize, from = entry.offset;
    const head = new DataView((await file.read(from, LOCAL_HEAD)).buffer);
    const begin = from + LOCAL_HEAD + head.getUint16(26, true) + head.getUint16(28, true);
    if (head.getUint32(0) !== LOCAL_MARK || entry.compressedSize !== bytes) {
      throw refused(path, `"${name}" in it is not where or as long as its list of contents says`);
    }
    if (begin + bytes > size) throw refused(path, `"${name}" in it goes on beyond its end`);
    if (places.has(name)) throw refused(path, `"${name}" is twice in it`);
    places.set(name, { begin, bytes });
    spans.push({ name, from, to: begin + bytes });
  }
  spans.sort((a, b) => a.from - b.from);
  spans.slice(1).forEach(({ name, from }, i) => {
    const before = spans[i]!;
    if (from < before.to) throw refused(path, `"${before.name}" and "${name}" lie in one another`);
  });
  return places;
}

/** What stands before a file in a zip, without its name. */
const LOCAL_HEAD = 30, LOCAL_MARK = 0x504b0304;

async function entriesOf(file: FileBytes): Promise<readonly Entry[]> {
  const zip = new ZipReader(new FileReader(file));
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      entries.push(entry);
      if (entries.length > MOST_ENTRIES) throw new Error(`more than ${MOST_ENTRIES} files`);
    }
    return entries;
  } catch (error) {
    throw new InputError(
      file.path,
      `it begins like a zip of PyTorch's and has no end of one: ${messageOf(error)}`,
      "Fetch the file again",
    );
  }
}

function refused(path: string, problem: string): InputError {
  return new InputError(path, problem, "Fetch the file again, or save it again with torch.save()");
}
