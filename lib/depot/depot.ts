import type { KeptRegistration, Manifest } from "@/lib/store/mod.ts";

/** An artifact as its manifest tells of it. */
export interface Told {
  readonly manifest: Manifest;
  /** The manifest's file. */
  readonly text: string;
}

/** What is under a key in a depot: an artifact, what is wrong with it in one sentence, or nothing. */
export type Looked = Told | { readonly problem: string } | null;

/** What became of an artifact that was to be taken. */
export type Taken =
  | { readonly state: "taken" }
  /** Another was faster. */
  | { readonly state: "there" }
  /** Another was faster, and its artifact has other content. */
  | { readonly state: "differs" }
  /** Another process is at it. */
  | { readonly state: "busy" }
  | { readonly state: "damaged"; readonly problem: string };

/** A file that a manifest names and that is not there. */
export class MissingFile extends Error {
  override readonly name = "MissingFile";
}

/** A place where artifacts lie: a store, or a bucket of an object store. */
export interface Depot {
  /** As messages have it. */
  readonly name: string;
  /** The keys of all artifacts, sorted. */
  keys(): Promise<readonly string[]>;
  look(key: string): Promise<Looked>;
  /**
   * Opens a file of an artifact, from a byte on.
   *
   * @throws {MissingFile} If it is not there, whatever the manifest says.
   */
  read(manifest: Manifest, name: string, from: number): Promise<ReadableStream<Uint8Array>>;
  /** Takes an artifact from another depot, whole or not at all. */
  take(told: Told, from: Depot, options: TakeOptions): Promise<Taken>;
  /** What studies committed themselves to before they had results; what of it is damaged is passed over. */
  registrations(): Promise<readonly KeptRegistration[]>;
  /** Takes one, unless the same is there of that time or before; gives whether it did. */
  register(one: KeptRegistration): Promise<boolean>;
}

/** How an artifact is taken. */
export interface TakeOptions {
  /** Whether it takes the place of one that has other content. */
  readonly replace: boolean;
  /** Is told of bytes as they arrive, and of those that were there already; less than 0 where some have to come again. */
  readonly onBytes: (count: number) => void;
}
