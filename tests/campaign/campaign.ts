import { crowd, dates, lag, sleeps } from "@/tests/campaign/faults/crowds.ts";
import { damage } from "@/tests/campaign/faults/damage.ts";
import type { Fault } from "@/tests/campaign/faults/fault.ts";
import { fullDisk } from "@/tests/campaign/faults/full_disk.ts";
import { kills } from "@/tests/campaign/faults/kills.ts";
import { readOnly } from "@/tests/campaign/faults/read_only.ts";
import type { Row } from "@/tests/campaign/row.ts";
import { withStudy } from "@/tests/campaign/study.ts";

const faults = { kills, disk: fullDisk, readOnly, dates, sleeps, damage, crowd, lag };

/** A fault's name on the command line. */
export type FaultName = keyof typeof faults;

/** All of them. */
export const faultNames = Object.keys(faults) as readonly FaultName[];

/** How often each fault strikes. */
export type FaultTimes = { readonly [N in FaultName]: number };

/**
 * Disturbs a small study, by one fault after another.
 *
 * @param times Faults that are not named are left out.
 * @param options `onRow` is given each line of the table as soon as it is there.
 */
export async function campaign(
  times: Partial<FaultTimes>,
  { seed, onRow = () => {} }: { readonly seed: number; readonly onRow?: (row: Row) => void },
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  await withStudy(async (study) => {
    for (const name of faultNames) {
      const often = times[name] ?? 0;
      if (often === 0) continue;
      const fault: Fault = faults[name];
      const row = await fault(study, { seed, times: often });
      rows.push(row);
      onRow(row);
    }
  });
  return rows;
}
