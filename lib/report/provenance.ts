import { duration, percent } from "@/lib/report/format.ts";
import { type Html, markup } from "@/lib/report/html.ts";
import { table } from "@/lib/report/table.ts";
import type { Origin, Row, StudyResults } from "@/lib/results/mod.ts";

/** The id of a row's line in the table of origins: what a number in the report links to. */
export function rowId(row: Row): string {
  return `row-${row.origin.score.slice(0, 12)}-${row.level}`.replace(/[^\w-]+/g, "-");
}

/** Every number with the steps that it stands on, and every step with all that decides it. */
export function provenance({ rows, origins }: StudyResults): Html {
  return markup`<p>Every accuracy above is a link to its line here. A step’s key is the SHA-256 of its recipe: its kind,
settings, its seed and the keys of what it needs. The same command on the same data gives the same keys; here they are cut
to twelve signs, and whole in the download <code>study.json.gz</code>.</p>
<details><summary>The ${rows.length} measured numbers</summary>
${numbers(rows)}</details>
<details><summary>The ${origins.size} steps that made them</summary>
${steps([...origins.values()])}</details>
`;
}

function numbers(rows: readonly Row[]): Html {
  return table({
    label: "Measured numbers",
    classes: "origins",
    columns: [
      { title: "Condition" },
      { title: "Seed", number: true },
      { title: "Level" },
      { title: "Top-1, %", number: true },
      { title: "Score" },
      { title: "Probe" },
      { title: "Encoder" },
    ],
    rows: rows.map((row) => ({
      id: rowId(row),
      header: `${row.experiment}: ${row.condition}`,
      cells: [
        { content: row.seed, classes: "number" },
        { content: row.level },
        { content: percent(row.value), classes: "number" },
        { content: stepLink(row.origin.score), classes: "hash" },
        { content: stepLink(row.origin.probe), classes: "hash" },
        { content: row.origin.encoders.map(stepLink), classes: "hash" },
      ],
    })),
  });
}

/** A line for each step; what many steps have in common is said once, below, and linked to. */
function steps(origins: readonly Origin[]): Html {
  const settings = numbered(origins.map(settingsOf));
  const machines = numbered(origins.map(machineOf));
  const commands = numbered(origins.map(({ manifest }) => manifest.made.command));
  const lines = table({
    label: "Steps",
    classes: "origins",
    columns: [
      { title: "Step" },
      { title: "Kind" },
      { title: "Key" },
      { title: "Needs" },
      { title: "Code" },
      { title: "Made, UTC", number: true },
      { title: "Took", number: true },
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
          { content: step.kind },
          { content: short(step.key), classes: "hash" },
          { content: needs.join(", ") },
          { content: short(manifest.code), classes: "hash" },
          { content: at.slice(0, 16).replace("T", " "), classes: "number" },
          { content: duration(seconds), classes: "number" },
          {
            content: [
              reference("settings", settings.get(settingsOf(origin))!),
              reference("machine", machines.get(machineOf(origin))!),
              reference("command", commands.get(command)!),
            ],
          },
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
  const { seed: _, ...spec } = step.spec;
  return JSON.stringify({ kind: step.kind, ...spec }, null, 1);
}

function machineOf({ manifest: { made } }: Origin): string {
  return JSON.stringify({ host: made.host, ...made.machine }, null, 1);
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
    label: `What the steps call ${name}`,
    classes: "origins",
    columns: [{ title: "Called" }, { title: "Is" }],
    rows: [...texts].map(([text, number]) => ({
      id: `${name}-${number}`,
      header: `${name} ${number}`,
      cells: [{ content: markup`<pre>${text}</pre>` }],
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
