import { artifactFolder, type Store } from "@/lib/store/mod.ts";
import type { Row } from "@/lib/results/rows.ts";
import type { Subject } from "@/lib/results/subject.ts";

/** All that was measured of a subject: its rows, one a seed, and which test images each had right. */
export interface Cell {
  readonly subject: Subject;
  /** In order of their seeds. */
  readonly rows: readonly Row[];
  /** Per row, a byte for each test image: 1 where the prediction is right. */
  readonly correct: readonly Uint8Array[];
}

/**
 * Brings the rows of each condition and level together and reads what they had right.
 *
 * @throws {Error} If a file has another length than its score says.
 */
export async function readCells(rows: readonly Row[], store: Store): Promise<readonly Cell[]> {
  const groups = Map.groupBy(
    rows,
    ({ subject }) => JSON.stringify([subject.experiment, subject.condition, subject.level]),
  );
  return await Promise.all([...groups.values()].map(async (group) => {
    const inOrder = group.toSorted((a, b) => a.seed - b.seed);
    const correct = await Promise.all(inOrder.map((row) => readCorrect(row, store)));
    return { subject: inOrder[0]!.subject, rows: inOrder, correct };
  }));
}

async function readCorrect(row: Row, store: Store): Promise<Uint8Array> {
  const path = `${artifactFolder(store, row.origin.score)}/${row.correct}`;
  const bytes = await Deno.readFile(path);
  if (bytes.length !== row.testImages) {
    throw new Error(`${path} has ${bytes.length} bytes for ${row.testImages} test images`);
  }
  return bytes;
}
