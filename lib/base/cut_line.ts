import sliceAnsi from "slice-ansi";

/**
 * A text as one line of a terminal, cut to a number of columns, of which a wide character takes two; what would move the
 * cursor becomes a space.
 */
export function cutLine(text: string, columns: number): string {
  return sliceAnsi(text.replace(/\p{Cc}/gu, " "), 0, Math.max(0, columns));
}
