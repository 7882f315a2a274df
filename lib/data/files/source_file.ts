/** A file inside a folder or an archive, without its content. */
export interface SourceFile {
  /** The path inside, parts separated by `/`, as it is spelled there. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Where its bytes begin in the (uncompressed) archive; 0 in a folder. */
  readonly offset: number;
}

/**
 * Whether any part of a path is hidden, or left behind by a file manager, a file server or a file system: macOS
 * (`__MACOSX`, `Icon`), Windows (`Thumbs.db`, `desktop.ini`, its bin), Synology (`@eaDir`) and QNAP (`@Recycle`), Lightroom's
 * previews, `lost+found`, and what eCryptfs has encrypted. That is no data.
 */
export function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith(".") || leavings.test(part));
}

const leavings = new RegExp(
  `^(${
    [
      "__MACOSX|Icon\\r|Network Trash Folder|Temporary Items|TheVolumeSettingsFolder",
      "(eh)?thumbs(_vista)?\\.db(:encryptable)?|desktop\\.ini|folder\\.ini|\\$RECYCLE\\.BIN|RECYCLER",
      "System Volume Information|picasa\\.ini|ZbThumbnail\\.info|pspbrwse\\.jbf",
      "@eaDir|@tmp|@Recycle|@Recently-Snapshot|#recycle|#snapshot|.*@Syno(EAStream|Resource)",
      ".*\\.lrdata|lost\\+found|ECRYPTFS_FNEK_ENCRYPTED\\..*",
    ].join("|")
  })$`,
  "i",
);

/** The extensions of images that are read, for people. */
export const imageExtensions = ".jpg, .png, .webp, .gif, .tif or .avif";

/** Whether a path has the extension of an image that this project reads. */
export function isImage(path: string): boolean {
  return /\.(jpe?g|jpe|jfif?|jif|pjpe?g|pjp|png|webp|gif|tiff?|avif)$/i.test(path);
}

/** A path's extension in lower case with its dot; "" if there is none that looks like one. */
export function extensionOf(path: string): string {
  // The parts of a set, such as train.tfrecord-00000-of-00004, count as what they are parts of.
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/-\d+-of-\d+$/, "").toLowerCase();
  return name.match(/.(\.(?=.*[a-z])[a-z0-9_~]{1,10})$/)?.[1] ?? "";
}
