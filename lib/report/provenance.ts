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
settings and the keys of what it needs. The same command on the same data gives the same keys.</p>
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
        { content: stepLink(row.origin.score) },
        { content: stepLink(row.origin.probe) },
        { content: row.origin.encoders.map(stepLink) },
      ],
    })),
  });
}

function steps(origins: readonly Origin[]): Html {
  return table({
    label: "Steps",
    classes: "origins",
    columns: [
      { title: "Step" },
      { title: "Kind" },
      { title: "Key" },
      { title: "Code" },
      { title: "Made" },
      { title: "Took", number: true },
      { title: "Settings, machine, command" },
    ],
    rows: origins.map((origin) => {
      const { step, manifest } = origin;
      const { at, seconds } = manifest.made;
      return {
        id: stepId(step.key),
        header: step.label,
        cells: [
          { content: step.kind },
          { content: markup`<code>${short(step.key)}</code>` },
          { content: markup`<code>${short(manifest.code)}</code>` },
          {
            content: markup`<time datetime="${at}">${at.slice(0, 16).replace("T", " ")} UTC</time>`,
          },
          { content: duration(seconds), classes: "number" },
          { content: markup`<details><summary>Show</summary>${recipe(origin)}</details>` },
        ],
      };
    }),
  });
}

/** All that decides a step, and where and how it was worked. */
function recipe({ step, manifest }: Origin): Html {
  const { host, machine, command } = manifest.made;
  const { key, spec, needs } = step;
  return markup`<pre>${command}</pre>
<pre>${JSON.stringify({ key, spec, needs, code: manifest.code }, null, 1)}</pre>
<pre>${JSON.stringify({ host, ...machine }, null, 1)}</pre>`;
}

function stepLink(key: string): Html {
  return markup`<a href="#${stepId(key)}"><code>${short(key)}</code></a> `;
}

function stepId(key: string): string {
  return `step-${short(key)}`;
}

function short(text: string): string {
  return text.slice(0, 12);
}
