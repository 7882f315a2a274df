import prettyBytes from "pretty-bytes";

/** A number of bytes in the words of people, of two digits or all before the point: "3.2 GB", "82 GB", "509 MB". */
export function bytesText(bytes: number): string {
  const before = Math.floor(Math.log10(Math.max(bytes, 1))) % 3 + 1;
  return prettyBytes(Number(bytes.toPrecision(Math.max(2, before))));
}
