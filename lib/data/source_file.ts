/** A file inside a folder or an archive, without its content. */
export interface SourceFile {
  /** The path inside, parts separated by `/`, as it is spelled there. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Where its bytes begin in the (uncompressed) archive; 0 in a folder. */
  readonly offset: number;
}

/** Whether any part of a path is hidden: what a file manager leaves behind is no data. */
export function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX");
}

/** Whether a path has the extension of an image that this project reads. */
export function isImage(path: string): boolean {
  return /\.(jpe?g|png|webp)$/i.test(path);
}
