import { InputError } from "@/lib/base/errors.ts";
import { type FileBytes, openBytes } from "@/lib/pretrained/file_bytes.ts";
import { openSafetensors } from "@/lib/pretrained/formats/safetensors_file.ts";
import { legacyMagic, openTorchLegacy } from "@/lib/pretrained/formats/torch_legacy.ts";
import { openTorchZip } from "@/lib/pretrained/formats/torch_zip.ts";
import type { WeightFile } from "@/lib/pretrained/weight_file.ts";

/**
 * Opens a file of weights: safetensors, or PyTorch's in its newer or its older form. Its content decides, not its name; nothing of it is
 * run.
 *
 * @throws {InputError} If it is none of these, not whole, or holds what weights do not.
 */
export async function openWeights(path: string): Promise<WeightFile> {
  const file = await openBytes(path);
  try {
    const begin = await file.read(0, Math.min(file.size, BEGINNING));
    const weights = await formOf(begin, file)(file);
    checkNames(weights);
    return weights;
  } catch (error) {
    file[Symbol.dispose]();
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.place, printable(error.problem), error.remedy);
  }
}

/** What a terminal would act on, and what would hide in a line. */
const unprintable = /\p{C}/gu;
/** The longest name of a tensor, and the longest sentence about a file. */
const LONGEST_NAME = 400, LONGEST_PROBLEM = 1000;

/** Names that can stand in messages. */
function checkNames({ path, tensors }: WeightFile): void {
  for (const name of tensors.keys()) {
    if (name.length <= LONGEST_NAME && printable(name) === name) continue;
    throw new InputError(
      path,
      `a tensor's name is too long or cannot be printed: ${name.slice(0, LONGEST_NAME)}`,
      "Save it by another name",
    );
  }
}

/** A text with words of the file's own, as it may be shown. */
function printable(text: string): string {
  const cut = text.length > LONGEST_PROBLEM ? `${text.slice(0, LONGEST_PROBLEM)}…` : text;
  return cut.replaceAll(unprintable, "?");
}

/** As much as tells what a file is. */
const BEGINNING = 512;

function formOf(
  begin: Uint8Array,
  { path, size }: FileBytes,
): (file: FileBytes) => Promise<WeightFile> {
  const text = String.fromCharCode(...begin);
  if (text.startsWith("PK\x03\x04")) return openTorchZip;
  if (text.startsWith("\x80") && text.slice(0, 32).includes(MAGIC)) return openTorchLegacy;
  if (text[LENGTH_BYTES] === "{") return openSafetensors;
  const foreign = foreignForms.find(({ is }) => is(text));
  if (foreign === undefined && size > 0 && path.endsWith(".safetensors")) return openSafetensors;
  throw new InputError(
    path,
    size === 0 ? "it is empty" : foreign?.what ?? "it is no file of weights that is known here",
    foreign?.remedy ?? "Give safetensors, or what torch.save(model.state_dict(), path) writes",
  );
}

const LENGTH_BYTES = 8;
const MAGIC = String.fromCharCode(...legacyMagic);

/** What else lies under names of checkpoints. */
const foreignForms: readonly {
  readonly is: (begin: string) => boolean;
  readonly what: string;
  readonly remedy?: string;
}[] = [
  {
    is: (begin) => begin.startsWith("version https://git-lfs"),
    what: "it is what stands for a file in Git LFS, not the file",
    remedy: "Fetch the file itself: git lfs pull",
  },
  {
    is: (begin) => /^\s*<(!doctype|html|\?xml)/i.test(begin),
    what: "it is a page of the web, not the file that it was to be",
    remedy: "Fetch the file again, from the address of the download itself",
  },
  {
    is: (begin) => begin.startsWith("\x1f\x8b"),
    what: "it is compressed with gzip",
    remedy: "Unpack it, and name what is in it",
  },
  {
    is: (begin) => begin.startsWith("ustar", 257),
    what: "it is a tar",
    remedy:
      "Unpack it, and name the file of weights in it; a file of PyTorch 0.1, load and save again with a newer one",
  },
  { is: (begin) => begin.startsWith("\x89HDF"), what: "it is HDF5, as Keras has it" },
  {
    is: (begin) => begin.startsWith("\x80"),
    what: "it is a pickle, but none that torch.save() wrote",
    remedy:
      'Load it in Python, if you trust it, and save its weights: torch.save(weights, "weights.pth")',
  },
];
