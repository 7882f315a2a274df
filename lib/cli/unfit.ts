import { bytesText } from "@/lib/base/bytes_text.ts";
import { InputError } from "@/lib/base/errors.ts";
import { plural } from "@/lib/base/plural.ts";
import { textTable } from "@/lib/cli/text_table.ts";
import {
  type BatchSettings,
  batchSettingsText,
  type MemoryModel,
  type NeededBytes,
  neededIn,
  type Room,
  type Step,
  unevenOn,
  type Unfit,
} from "@/lib/plan/mod.ts";

/** A device as it is named, and the memory that there is. */
export interface NamedRoom {
  readonly device: string;
  readonly room: Room;
}

/** Steps of one kind that do not fit for the same reason, and the one of them that needs most. */
export interface UnfitClass extends Unfit {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** Steps that do not fit taken together: trainings of one method and batch, and of other work one kind. */
export function unfitClasses(unfit: readonly Unfit[]): readonly UnfitClass[] {
  const groups = Map.groupBy(
    unfit,
    ({ step, settings, replicas, smaller }) =>
      JSON.stringify([nameOf(step), settings, replicas, smaller]),
  );
  return [...groups.values()].map((some) => {
    const most = some.reduce((a, b) => sumOf(b.needed) > sumOf(a.needed) ? b : a);
    return { ...most, name: nameOf(most.step), steps: some.map(({ step }) => step) };
  });
}

/**
 * What is to be said of the memory that some steps need: what does not fit, and what would; or that all do.
 *
 * @param all The steps that are to be worked.
 */
export function memoryLines(
  unfit: readonly Unfit[],
  { all, model, at }: {
    readonly all: readonly Step[];
    readonly model: MemoryModel;
    readonly at: NamedRoom;
  },
): readonly string[] {
  const { device, room } = at;
  if (all.length === 0) return [];
  if (unfit.length === 0) {
    const most = all.reduce((a, b) => needOf(b) > needOf(a) ? b : a);
    const unknown = !room.isHost && room.device === Infinity;
    return [
      `memory: ${
        unknown
          ? `how much ${device} has is not known (--device-memory)`
          : `all fits ${roomText(at)}`
      }; most is needed by ${most.kind} ${most.label}, about ${bytesText(needOf(most))}`,
    ];
  }
  const rows = unfitClasses(unfit).map((one) => [
    one.name,
    `${one.steps.length}`,
    `${bytesText(lackingOf(one.needed, room))}${
      !room.isHost && isHostLacking(one, room) ? " of the machine" : ""
    }`,
    one.replicas === undefined ? "" : `${kindOf(device)}*${one.replicas}`,
    one.smaller === undefined ? "" : batchText(one.smaller),
    one.settings === undefined ? "" : batchText(one.settings),
  ]);
  return [
    `memory: ${plural(unfit.length, "step")} of ${all.length} cannot run on ${roomText(at)}:`,
    ...textTable(["", "steps", "need about", "fit on", "or with a batch of", "instead of"], rows, {
      numbers: ["steps", "need about"],
    }),
  ];

  function needOf(step: Step): number {
    const { host, device } = neededIn(room, model.heldBy(step));
    return room.isHost ? host : device;
  }
}

/**
 * Refuses steps that do not fit, naming the one that needs most.
 *
 * @throws {InputError} If there are any.
 */
export function refuseUnfit(unfit: readonly Unfit[], at: NamedRoom): void {
  const [first, ...others] = unfitClasses(unfit).toSorted((a, b) =>
    sumOf(b.needed) - sumOf(a.needed)
  );
  if (first === undefined) return;
  const { step, needed } = first;
  const more = unfit.length - 1;
  throw new InputError(
    `Step ${step.kind} ${step.label}`,
    `it needs about ${lackText(needed, at)}${
      more === 0
        ? ""
        : `; ${plural(more, "other step")} ${more === 1 ? "does" : "do"} not fit either`
    }`,
    `${remedyText(first, at)}${
      others.length === 0 ? "" : ". deno task plan has a line for each kind"
    }`,
    { kind: "out of memory" },
  );
}

/** "10 steps, whose batch the devices of gpu*3 cannot share evenly"; undefined where there are none. */
export function unevenText(
  steps: readonly Step[],
  { device, room }: NamedRoom,
): string | undefined {
  const { length } = unevenOn(room.replicas, steps);
  if (length === 0) return undefined;
  return `${plural(length, "step")}, whose batch the devices of ${device} cannot share evenly`;
}

/**
 * Refuses trainings whose batch the devices that work as one cannot share evenly.
 *
 * @throws {InputError} If there are any.
 */
export function refuseUneven(steps: readonly Step[], at: NamedRoom): void {
  const text = unevenText(steps, at);
  if (text === undefined) return;
  throw new InputError(
    "device",
    `of this plan it cannot work ${text}`,
    "Give as many devices as divide it",
  );
}

/** "340 GB of memory, and gpu has 80 GB". */
export function lackText(needed: NeededBytes, { device, room }: NamedRoom): string {
  return isHostLacking({ needed }, room)
    ? `${bytesText(needed.host)} of memory, and this machine has ${bytesText(room.host)}`
    : `${bytesText(needed.device)} of memory, and ${device} has ${bytesText(room.device)}`;
}

function remedyText(
  { replicas, smaller }: Pick<Unfit, "replicas" | "smaller">,
  { device }: NamedRoom,
): string {
  const ways = [
    ...replicas === undefined ? [] : [`use --device ${kindOf(device)}*${replicas}`],
    ...smaller === undefined ? [] : [
      `give it training: { ${batchSettingsText(smaller)} } in its experiment`,
    ],
    ...replicas === undefined && smaller === undefined ? ["use one with more memory"] : [],
  ];
  const text = ways.join(", or ");
  return text[0]!.toUpperCase() + text.slice(1);
}

/** "512 at a rate of 0.6". */
function batchText({ batch, learningRates }: BatchSettings): string {
  return `${batch} at a rate of ${learningRates.join(" or ")}`;
}

function roomText({ device, room }: NamedRoom): string {
  const bytes = room.isHost ? room.host : room.device;
  return bytes === Infinity ? device : `${device} (${bytesText(bytes)})`;
}

/** The kind of a device: of "gpu:1" and "gpu*4" "gpu". */
function kindOf(device: string): string {
  return device.replace(/[:*].*$/, "");
}

function isHostLacking({ needed }: Pick<Unfit, "needed">, room: Room): boolean {
  return needed.host > room.host;
}

function lackingOf(needed: NeededBytes, room: Room): number {
  return isHostLacking({ needed }, room) ? needed.host : needed.device;
}

function sumOf({ host, device }: NeededBytes): number {
  return host + device;
}

function nameOf(step: Step): string {
  if (step.kind === "pretrain") return `pretrain ${step.spec.method}`;
  return step.kind === "probe" ? `probe ${step.spec.probe}` : step.kind;
}
