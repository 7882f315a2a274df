/** Tensors that were copied between TensorFlow's memory and a device's. */
export interface Transfers {
  /** To the device. */
  readonly uploads: number;
  /** From it: to be read, or because an operation of TensorFlow met one. */
  readonly downloads: number;
  readonly uploadedBytes: number;
  readonly downloadedBytes: number;
}

const counted = { uploads: 0, downloads: 0, uploadedBytes: 0, downloadedBytes: 0 };

/** What was copied since this process began; none where TensorFlow computes all. For tests and benchmarks. */
export function transfers(): Transfers {
  return { ...counted };
}

/** Counts a tensor that goes to the device. */
export function countUpload(bytes: number): void {
  counted.uploads++;
  counted.uploadedBytes += bytes;
}

/** Counts a tensor that comes from the device. */
export function countDownload(bytes: number): void {
  counted.downloads++;
  counted.downloadedBytes += bytes;
}
