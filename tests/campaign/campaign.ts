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
 * @param options `onRow` is given the line of the table of the fault under way whenever more of it is known.
 */
export async function campaign(
  times: Partial<FaultTimes>,
  { seed, onRow = () => {} }: { readonly seed: number; readonly onRow?: (row: Row) => void },
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  await withStudy(async (study) => {
    for (const name of faultNames.filter((name) => (times[name] ?? 0) > 0)) {
      const fault: Fault = faults[name], { impossible } = fault;
      let row: Row = { fault: fault.name, times: 0, results: [] };
      if (impossible !== undefined) row = { ...row, skipped: impossible };
      else {
        for await (const struck of fault.scenes(study, { seed, times: times[name]! })) {
          row = {
            ...row,
            times: row.times + struck.times,
            results: [...row.results, struck.result],
          };
          onRow(row);
        }
      }
      rows.push(row);
    }
  });
  return rows;
}
