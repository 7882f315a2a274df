import { count, figure, type Html, listing, markup, pivotTable, table } from "@/lib/report/mod.ts";
import {
  type ChangedSettings,
  changedSettings,
  type Configured,
  type ConfiguredSettings,
  scaleSettings,
  type Setting,
  type SettingValue,
  type StudyResults,
  studyScales,
  studySettings,
} from "@/lib/results/mod.ts";
import { methodName, probeName } from "@/reports/names.ts";

/** A setting and whose it is. */
interface SettingRow extends Setting {
  readonly column: string;
}

/** Every setting of every method and probe of a study at each of its scales, and what some conditions have in their place. */
export async function settings(study: StudyResults): Promise<Html> {
  const scales = [...Map.groupBy(studySettings(study), ({ scale }) => scale)];
  const changed = changedSettings(study);
  return markup`${await Promise.all(
    scales.map(([scale, own]) =>
      settingsTable(rowsOf(own), {
        id: `settings-at-${scale}`,
        title: `Methods and probes at scale ${scale}`,
        note,
      })
    ),
  )}${await changedTable(changed, study)}${await scaleTable(study)}`;
}

const note =
  "A dash means that there is no such setting; the small name is the one to use in a declaration. A learning rate is the peak " +
  "of its schedule: it rises linearly over the warm-up epochs, then falls to 0 along half a cosine. A training runs for its " +
  "epochs, or for its minimum steps if that is more. Two values with a semicolon between are those of two groups of views.";

/** What methods and probes are told, one column for those that are told the same. */
function rowsOf(all: readonly ConfiguredSettings[]): readonly SettingRow[] {
  return [...Map.groupBy(all, ({ settings }) => JSON.stringify(settings)).values()].flatMap(
    (same) => {
      const column = listing(same.map(nameOf));
      return same[0]!.settings.map((setting) => ({ ...setting, column }));
    },
  );
}

function nameOf({ kind, name }: Configured): string {
  if (kind === "probe") return probeName(name);
  return methodName(name);
}

/** Settings down, those that have them across. */
function settingsTable(
  rows: readonly SettingRow[],
  { note, ...cited }: {
    readonly id: string;
    readonly title: string;
    /** What stands above it. */
    readonly note: string;
  },
): Promise<Html> {
  // What has no parts comes first; then the parts of each thing together, whichever column has them.
  const parts = Map.groupBy(rows, ({ path }) => path.length === 1 ? "" : path[0]!);
  const ordered = [
    ...parts.get("") ?? [],
    ...[...parts].flatMap(([name, some]) => name ? some : []),
  ];
  return figure<SettingRow>({
    ...cited,
    rows: ordered,
    intro: markup`<p class="note">${note}</p>
`,
    line: ({ path, column, values }) => ({
      setting: path.join("."),
      of: column,
      value: values.map(String).join("; "),
    }),
    tables: (rows) =>
      pivotTable(rows, {
        label: cited.title,
        classes: "settings cards",
        stacked: true,
        corner: "Setting",
        lineOf: ({ path }) => path.join("."),
        header: (name, [row]) => markup`${wordsOf(row!.path)}<small><code>${name}</code></small>`,
        columnOf: ({ column }) => column,
        apart: ([row], [above]) => row!.path.length > 1 && row!.path[0] !== above!.path[0],
        cell: (row) => row === undefined ? { content: "–", classes: "absent" } : told(row.values),
      }),
  }).draw();
}

/** What a scale says of images, labels and the network. */
function scaleTable(study: StudyResults): Promise<Html> {
  const rows = studyScales(study).flatMap((scale) =>
    scaleSettings(scale).map((setting) => ({ ...setting, column: scale.name }))
  );
  return settingsTable(rows, {
    id: "scale-settings",
    title: "What the scale decides",
    note:
      "Sizes and labels are the numbers of images for which the paper’s words stand. A world is drawn where a role is bound to no " +
      "data set.",
  });
}

/** What some conditions have in place of these settings. */
async function changedTable(
  changed: readonly ChangedSettings[],
  { scale }: StudyResults,
): Promise<Html> {
  if (changed.length === 0) {
    return markup`<p>Every training and every probe of this study has these settings.</p>
`;
  }
  const whose = (one: ChangedSettings) =>
    [
      nameOf(one),
      ...one.checkpoint === undefined ? [] : [`of ${one.checkpoint}`],
      ...one.scale === scale.name ? [] : [`at scale ${one.scale}`],
    ].join(" ");
  return await figure<ChangedSettings>({
    id: "settings-changed",
    title: "Settings that some conditions change",
    rows: changed,
    line: (one) =>
      one.changes.map(({ path, values, recipe }) => ({
        of: whose(one),
        setting: path.join("."),
        value: values.map(String).join("; "),
        recipe: recipe.map(String).join("; "),
        experiments: one.experiments.join(" "),
      })),
    tables: (rows) =>
      table({
        label: "Settings that some conditions change",
        stacked: true,
        columns: [{ title: "Method or probe" }, { title: "Changes" }, { title: "Experiments" }],
        rows: rows.map((one) => ({
          header: whose(one),
          cells: [
            one.changes.map(({ path, values, recipe }) =>
              markup`<div>${wordsOf(path)} ${told(values)}, in place of ${
                recipe.length === 0 ? "none" : told(recipe)
              }</div>`
            ),
            one.experiments.map((id, i) => markup`${i > 0 && ", "}<a href="#${id}">${id}</a>`),
          ],
        })),
        caption: "All other conditions have the settings in the table above.",
      }),
  }).draw();
}

// Where a name of the code does not say it.
const words: Readonly<Record<string, string>> = {
  batch: "batch size",
  head: "projector",
  heldOut: "held-out share",
  learningRates: "learning rates tried",
  neighbours: "numbers of neighbours tried",
  penalties: "penalties tried",
  warmupEpochs: "warm-up epochs",
  wholePixels: "pixels of whole images",
};

/** A setting in words, by what it is part of and its own name. */
function wordsOf(path: readonly string[]): string {
  const [first, last] = [path[0]!, path.at(-1)!].map((name) =>
    words[name] ?? name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  );
  return path.length === 1 ? first! : `${first}: ${last}`;
}

function told(values: readonly SettingValue[]): string {
  return values.map(plain).join("; ");
}

/** A value as the page has it: no more digits than say something. */
function plain(value: SettingValue): string {
  if (typeof value === "number") {
    return Number.isInteger(value) ? count(value) : String(Number(value.toPrecision(4)));
  }
  return typeof value === "object" ? value.map(plain).join(", ") : String(value);
}
