import { duration } from "@/lib/base/duration.ts";
import { count, percent } from "@/lib/report/format.ts";
import { type Html, markup } from "@/lib/report/html.ts";
import { table } from "@/lib/report/table.ts";
import { type Origin, type Row, settingsIn, type StudyResults } from "@/lib/results/mod.ts";

/** The id of a row's line in the table of origins: what a number in the report links to. */
export function rowId(row: Row): string {
  return `row-${row.origin.score.slice(0, 12)}-${row.level}`.replace(/[^\w-]+/g, "-");
}

/** Every number with the steps that it stands on, and every step with all that decides it. */
export function provenance({ rows, origins }: StudyResults): Html {
  return markup`<p>Every accuracy above links to its row here. A step’s key is the SHA-256 of its recipe: its kind, settings,
seed and the keys of what it needs. The same command on the same data gives the same keys. Here they are cut to twelve
digits; the download <code>study.json.gz</code> has them in full.</p>
<details><summary>The ${count(rows.length)} measured numbers</summary>
${numbers(rows)}</details>
<details><summary>The ${count(origins.size)} steps that made them</summary>
${steps([...origins.values()])}</details>
`;
}

/** A line for each score of a level, whichever experiments share it. */
function numbers(rows: readonly Row[]): Html {
  return table({
    label: "Measured numbers",
    classes: "origins numbers",
    columns: [
      { title: "Condition" },
      { title: "Seed" },
      { title: "Level" },
      { title: "Top-1, %" },
      { title: "Score" },
      { title: "Probe" },
      { title: "Encoder" },
    ],
    rows: [...Map.groupBy(rows, rowId)].map(([id, some]) => {
      const [row] = some as [Row];
      const { score, probe, encoders } = row.origin;
      return {
        id,
        header: `${
          [...new Set(some.map(({ experiment }) => experiment))].join(", ")
        }: ${row.condition}`,
        cells: [
          row.seed,
          row.level,
          percent(row.value),
          stepLink(score),
          stepLink(probe),
          encoders.map(stepLink),
        ],
      };
    }),
  });
}

/** A line for each step; what many steps have in common is said once, below, and linked to. */
function steps(origins: readonly Origin[]): Html {
  const settings = numbered(origins.map(settingsOf));
  const machines = numbered(origins.map(machineOf));
  const commands = numbered(origins.map(({ manifest }) => manifest.made.command));
  const lines = table({
    label: "Steps",
    classes: "origins steps",
    columns: [
      { title: "Step" },
      { title: "Kind" },
      { title: "Key" },
      { title: "Needs" },
      { title: "Code" },
      { title: "Made, UTC" },
      { title: "Took" },
      { title: "How" },
    ],
    rows: origins.map((origin) => {
      const { step, manifest } = origin;
      const { at, seconds, command } = manifest.made;
      const needs = Object.entries(step.needs).map(([name, key]) => `${name} ${short(key)}`);
      return {
        id: stepId(step.key),
        header: step.label,
        cells: [
          step.kind,
          short(step.key),
          needs.join(", "),
          short(manifest.code),
          at.slice(0, 16).replace("T", " "),
          duration(seconds),
          [
            reference("settings", settings.get(settingsOf(origin))!),
            reference("machine", machines.get(machineOf(origin))!),
            reference("command", commands.get(command)!),
          ],
        ],
      };
    }),
  });
  return markup`${lines}${shared("settings", settings)}${shared("machine", machines)}${
    shared("command", commands)
  }`;
}

/** All that a step's recipe says but for its seed, which its name tells. */
function settingsOf({ step }: Origin): string {
  const spec = Object.entries(step.spec).filter(([name]) => name !== "seed");
  return linesOf({ kind: step.kind, ...Object.fromEntries(spec) });
}

function machineOf({ manifest: { made } }: Origin): string {
  return linesOf({ host: made.host, ...made.machine });
}

/** A line for each thing that something is told, as declarations name it: half as long as JSON in a page. */
function linesOf(told: object): string {
  return settingsIn(told).map(({ path, values }) =>
    `${path.join(".")}: ${values.map(String).join("; ")}`
  ).join("\n");
}

/** Each distinct text with a number, from 1 on. */
function numbered(texts: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...new Set(texts)].map((text, i) => [text, i + 1]));
}

function reference(name: string, number: number): Html {
  return markup`<a href="#${name}-${number}">${name}\u00a0${number}</a> `;
}

/** What steps have in common, under the numbers by which they name it. */
function shared(name: string, texts: ReadonlyMap<string, number>): Html {
  return table({
    label: `What ${name} stands for`,
    classes: "origins",
    columns: [{ title: "Name" }, { title: "Content" }],
    rows: [...texts].map(([text, number]) => ({
      id: `${name}-${number}`,
      header: `${name} ${number}`,
      cells: [markup`<pre>${text}</pre>`],
    })),
  });
}

function stepLink(key: string): Html {
  return markup`<a href="#${stepId(key)}">${short(key)}</a> `;
}

function stepId(key: string): string {
  return `step-${short(key)}`;
}

function short(text: string): string {
  return text.slice(0, 12);
}
