import { bytesText } from "@/lib/base/bytes_text.ts";

/** A Python package, and the files of it that are needed; its Python code is not. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  /** Any Python that the package has a wheel for, whichever Python pip runs on. */
  readonly pythonVersion: string;
  /** pip's name of the platform. */
  readonly platform: string;
  /** Size of the wheel. */
  readonly bytes: number;
  /** Paths in the wheel. In the cache they are the same, because the libraries look for each other by them. */
  readonly files: readonly [string, ...string[]];
}

/** An archive (`.tar.gz`) of TensorFlow's C library. */
export interface Archive {
  readonly version: string;
  readonly url: string;
  readonly sha256: string;
  /** Names of the libraries in it; the first is the one to open. */
  readonly files: readonly [string, ...string[]];
}

/** Everything that is fetched to have a library on a machine. */
export interface LibraryPackage {
  /** What it is, as the subject of a sentence: `TensorFlow's library`. */
  readonly title: string;
  /** Whose it is, in the name of its folder. */
  readonly name: "tensorflow" | "pjrt";
  /** What it computes on, in the name of its folder. */
  readonly target: string;
  readonly version: string;
  /** The first wheel's first file is the library to open. */
  readonly wheels: readonly [Wheel, ...Wheel[]];
  /** Bytes of all files, taken out of the wheels. */
  readonly installedBytes: number;
  /** What is fetched where the wheels are not to be had. */
  readonly archive?: Archive;
  /** What a person does who cannot have it fetched, as a sentence. */
  readonly instead: string;
}

/** Bytes of all wheels of a package. */
export function downloadBytes(wanted: LibraryPackage): number {
  return wanted.wheels.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** A package's name and size, as a person is told them. */
export function describePackage(wanted: LibraryPackage): string {
  const [{ name, version }, ...others] = wanted.wheels;
  const cuda = others.length > 0 ? " with NVIDIA's CUDA libraries" : "";
  const [fetched, kept] = [downloadBytes(wanted), wanted.installedBytes].map(bytesText);
  return `${name} ${version}${cuda}: ${fetched} to fetch, ${kept} to keep`;
}
