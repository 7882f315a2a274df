import { resolve } from "node:path";
import { scaleOf } from "@/dsl/mod.ts";
import { bytesText } from "@/lib/base/bytes_text.ts";
import { InputError } from "@/lib/base/errors.ts";
import { plural } from "@/lib/base/plural.ts";
import { explaining } from "@/lib/base/system_errors.ts";
import { soundExperiments } from "@/lib/cli/experiments.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { complain, say } from "@/lib/cli/say.ts";
import { allSeeds } from "@/lib/cli/seeds.ts";
import { tellingProgress } from "@/lib/cli/status_line.ts";
import { prepareStudy } from "@/lib/cli/study.ts";
import { tellLeftOut } from "@/lib/cli/tell_left_out.ts";
import {
  type Depot,
  findDepot,
  openDepot,
  storeDepot,
  transfer,
  type Transferred,
  transferRegistrations,
} from "@/lib/depot/mod.ts";
import { shortKey } from "@/lib/results/mod.ts";
import { artifactPath, findStore, openStore } from "@/lib/store/mod.ts";

/** What `push` and `pull` are told beside what names steps. */
export type TransferOptions = StudyOptions & {
  /** Whether artifacts take the place of those that are there with other content. */
  readonly replace: boolean;
};

/** Whether a folder is one in another, however deep. */
function isUnder(folder: string, place: string): boolean {
  return !place.includes("://") && resolve(place).startsWith(`${resolve(folder)}/`);
}

/** Which way artifacts go: out of the store to a place, or from there into it. */
export type Direction = "push" | "pull";

const done = { push: "pushed", pull: "pulled" } as const;

/**
 * `deno task push` and `pull`: artifacts between the store and a folder or a bucket.
 *
 * @param ids Ids of experiments, or `all`: what they reach at the scale, at every seed; none for everything that there is.
 */
export async function carry(
  direction: Direction,
  place: string,
  { ids, options, root }: {
    readonly ids: readonly string[];
    readonly options: TransferOptions;
    readonly root: string;
  },
): Promise<void> {
  const isPush = direction === "push";
  if (isUnder(options.store, place)) {
    throw new InputError(place, "it lies in the store itself", "Give another folder, or a bucket");
  }
  if (isPush && !(await findStore(options.store)).made) {
    throw new InputError(
      `Store ${options.store}`,
      "there is no store yet, so there is nothing to push",
      "Give the store that holds the results with --store",
    );
  }
  const found = isPush ? undefined : await findDepot(place);
  const named = ids.length === 0 ? undefined : await keysOf(ids, options, root);
  const other = found ?? await openDepot(place);
  const own = storeDepot(await (isPush ? findStore : openStore)(options.store));
  if (own.name === other.name) {
    throw new InputError(place, "it is the store itself", "Give another folder, or a bucket");
  }
  const [from, to] = isPush ? [own, other] : [other, own];
  const keys = named ?? await from.keys();
  let taken = 0;
  const work = async (tell: (text: string) => void) => ({
    // First: results that are there were registered.
    registrations: await transferRegistrations({ from, to }),
    ...await transfer(keys, { from, to }, {
      replace: options.replace,
      onLook: (at, total) => tell(`${direction}: looked at ${at} of ${total} steps`),
      onBytes: (at, total) =>
        tell(
          `${direction}: ${bytesText(at)} of ${bytesText(total)}, ${
            plural(taken, "artifact")
          } whole`,
        ),
      onWait: (artifacts) =>
        tell(`${direction}: waiting for others that are at ${plural(artifacts, "artifact")}`),
      onTaken: ({ key, kind, files }) => {
        taken++;
        if (!options.json) return;
        const bytes = Object.values(files).reduce((sum, one) => sum + one.bytes, 0);
        say(JSON.stringify({ type: "taken", key, kind, bytes }));
      },
    }),
  });
  const summary = await explaining(
    other.name,
    () => tellingProgress(work, { quiet: options.json }),
  );
  if (summary.damaged.length > 0 || summary.busy.length > 0) Deno.exitCode = 1;
  if (options.json) return say(JSON.stringify({ type: "finished", ...summary }));
  tellOf(summary, { direction, from, to });
}

/** All that the experiments reach at the scale, whatever command works it: what of it was not worked is not there. */
async function keysOf(
  ids: readonly string[],
  options: TransferOptions,
  root: string,
): Promise<readonly string[]> {
  const seeds = options.seeds ??
    allSeeds((await soundExperiments(root)).experiments, scaleOf(options.scale));
  const study = await prepareStudy(ids, { ...options, seeds }, { root, open: findStore });
  tellLeftOut(study);
  return study.plan.steps.map(({ key }) => key);
}

/** What became of artifacts and registrations. */
interface Summary extends Transferred {
  /** How many were taken. */
  readonly registrations: number;
}

function tellOf(
  { registrations, taken, bytes, there, differ, busy, damaged, absent }: Summary,
  { direction, from, to }: {
    readonly direction: Direction;
    readonly from: Depot;
    readonly to: Depot;
  },
): void {
  if (registrations > 0) {
    say(`${plural(registrations, "registration")} of claims ${done[direction]}`);
  }
  if (taken.length + there.length + differ.length + busy.length + damaged.length === 0) {
    const steps = absent.length === 0 ? "no artifact" : `none of ${plural(absent.length, "step")}`;
    return say(`Nothing to ${direction}: ${from.name} has ${steps}`);
  }
  const before = there.length === 0
    ? ""
    : `; ${there.length} ${there.length === 1 ? "was" : "were"} there`;
  say(
    `${plural(taken.length, "artifact")} ${done[direction]} (${
      bytesText(bytes)
    }) to ${to.name}${before}`,
  );
  if (differ.length > 0) {
    say(
      `${
        plural(differ.length, "step")
      }: other content is there and stays; --replace puts that of ${from.name} in its place`,
    );
  }
  if (busy.length > 0) {
    complain(
      `${
        plural(busy.length, "step")
      } left out, at which another process is; the same command again takes them\n`,
    );
  }
  for (const { key, problem } of damaged) {
    complain(
      `error: ${from.name}: step ${shortKey(key)} is damaged: ${problem}. ${
        remedy(direction, key)
      }\n`,
    );
  }
}

function remedy(direction: Direction, key: string): string {
  return direction === "push"
    ? "deno task reproduce works it again"
    : `Remove ${artifactPath(key)} there, and push it again`;
}
