/** A form in which data sets are kept and which is not read. */
export interface ForeignForm {
  /** What it is, after "it is". */
  readonly name: string;
  /** What to do, as the end of a sentence. */
  readonly remedy: string;
}

const asFiles = "save its pictures as files first";
const unpack = "unpack it first";
const repack = "unpack it first, or write it again as .tar or .tar.gz";

const forms: readonly (readonly [RegExp, ForeignForm])[] = [
  [/\.parquet$/, {
    name: "Parquet, as Hugging Face keeps data sets",
    remedy: "bind the files themselves, with dataset: parquet and train: data/train-*.parquet",
  }],
  [/\.arrow$/, {
    name: "Arrow, as Hugging Face caches data sets",
    remedy: `${asFiles}, in Python with datasets.load_from_disk() and image.save()`,
  }],
  [/\.tfrecords?$/, { name: "TensorFlow's records", remedy: asFiles }],
  [/\.(lmdb|mdb)$/, { name: "an LMDB database", remedy: asFiles }],
  [/\.(h5|hdf5)$/, { name: "HDF5", remedy: asFiles }],
  [/\.np[yz]$/, { name: "NumPy arrays", remedy: asFiles }],
  [/\.(pkl|pickle|pt|pth)$/, { name: "pickled Python objects", remedy: asFiles }],
  [/\.mat$/, { name: "MATLAB arrays", remedy: asFiles }],
  [/\.(rec|idx)$/, { name: "MXNet's records", remedy: asFiles }],
  [/\.(beton|ffcv)$/, { name: "FFCV's records", remedy: asFiles }],
  [/\.(mp4|mov|avi|mkv|webm)$/, { name: "video", remedy: "save its frames as files first" }],
  [/\.zip$/, { name: "a zip archive", remedy: unpack }],
  [/\.(7z|rar)$/, { name: "a 7-Zip or RAR archive", remedy: unpack }],
  [/\.(tbz2?|bz2)$/, { name: "compressed by bzip2", remedy: repack }],
  [/\.(txz|xz|lzma)$/, { name: "compressed by xz", remedy: repack }],
  [/\.(tzst|zst)$/, { name: "compressed by Zstandard", remedy: repack }],
  [/\.(tgz|gz|tar)$/, { name: "a tar or compressed by gzip", remedy: unpack }],
];

/** The form that a path's extension stands for; undefined where it stands for none that is known. */
export function foreignForm(path: string): ForeignForm | undefined {
  const name = path.toLowerCase();
  return forms.find(([extension]) => extension.test(name))?.[1];
}
