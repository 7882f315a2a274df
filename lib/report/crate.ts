import { Buffer } from "node:buffer";
import { sha256 } from "@/lib/base/sha256.ts";
import { artifactEntities } from "@/lib/report/crate_artifacts.ts";
import type { Download } from "@/lib/report/downloads.ts";
import type { StudyResults } from "@/lib/results/mod.ts";

/** A file beside the manifest. */
export type CrateFile = Pick<Download, "name" | "about" | "content"> & { readonly type: string };

/** What is told of a study in the manifest of its report. */
export interface CrateOptions {
  readonly title: string;
  readonly files: readonly CrateFile[];
  /** The data set of the paper that a role stands for, if it has one. */
  readonly paperName: (role: string) => string | undefined;
  /** Whether the artifacts lie beside it too, as they do in a store. */
  readonly artifacts?: boolean;
}

const profile = "https://w3id.org/ro/crate/1.1";
const paper = "https://doi.org/10.48550/arXiv.2105.05837";
const program = "#when-contrastive";
const joined =
  "The column cell of the rows names a condition at a level, across its seeds. The column cells of claims.csv and " +
  "figures.csv lists those that a number is computed from, a contrast's sides from left to right, separated by spaces. The " +
  "column artifact of the rows is the folder in the store that holds their score, and encoders has the first digits of the " +
  "keys of the training steps; the column step of figures.csv is one of these. lib/store/README.md describes the store's files";

/**
 * The manifest of a report as an RO-Crate 1.1 (Soiland-Reyes et al. 2022): what each file is, what it was made from, by which
 * command and on which machines. Nothing in it but the results decides its bytes: its date is that of the newest step.
 */
export function crate(
  study: StudyResults,
  { title, files, paperName, artifacts = false }: CrateOptions,
): string {
  const manifests = [...study.origins.values()].map(({ manifest }) => manifest);
  const newest = manifests.map(({ made }) => made.at).sort().at(-1);
  const machines = [
    ...new Map(
      manifests.map(({ made: { host, machine } }) =>
        [JSON.stringify([host, machine]), { host, machine }] as const
      ),
    ).values(),
  ].toSorted((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  const inputs = [...study.domains].map(([role, { source }]) => ({
    "@id": `#images-of-${role}`,
    "@type": "Dataset",
    name: `Images of the role ${role}`,
    description: `${source}${
      paperName(role) === undefined ? "" : `; stands for ${paperName(role)}`
    }`,
  }));
  const instruments = machines.map(({ host, machine }, i) => ({
    "@id": `#machine-${i + 1}`,
    "@type": "IndividualProduct",
    name: host,
    description: JSON.stringify(machine),
  }));
  const listed = files.map((file) => ({
    "@id": file.name,
    "@type": "File",
    name: file.name,
    description: file.about,
    encodingFormat: file.type,
    contentSize: `${Buffer.byteLength(file.content)}`,
    sha256: sha256(file.content),
  }));
  const kept = artifacts
    ? artifactEntities(study, {
      program,
      machineOf: ({ host, machine }) =>
        `#machine-${machines.findIndex((one) => isSame(one, { host, machine })) + 1}`,
    })
    : null;
  const refer = (entities: readonly { readonly "@id": string }[]) =>
    entities.map((entity) => ({ "@id": entity["@id"] }));
  const graph = [
    {
      "@id": "ro-crate-metadata.json",
      "@type": "CreativeWork",
      conformsTo: { "@id": profile },
      about: { "@id": "./" },
    },
    {
      "@id": "./",
      "@type": "Dataset",
      name: title,
      description: `A replication of Cole et al., CVPR 2022, at scale ${study.scale.name}: ` +
        `${study.rows.length} measured numbers, ${study.seeds} seeds. ${joined}`,
      ...newest !== undefined && { datePublished: newest },
      license: { "@id": "https://spdx.org/licenses/MIT" },
      citation: { "@id": paper },
      hasPart: refer([...listed, ...kept?.folders ?? []]),
      mentions: [{ "@id": "#run" }, ...refer(kept?.steps ?? [])],
    },
    {
      "@id": "#run",
      "@type": "CreateAction",
      name: study.command,
      ...newest !== undefined && { endTime: newest },
      instrument: [{ "@id": program }, ...refer(instruments)],
      object: refer(inputs),
      result: refer(listed),
    },
    {
      "@id": program,
      "@type": "SoftwareApplication",
      name: "when-contrastive",
      // Of all the code that made them; the manifests in the store have it step by step.
      softwareVersion: sha256(
        JSON.stringify([...new Set(manifests.map(({ code }) => code))].sort()),
      ),
    },
    {
      "@id": "https://spdx.org/licenses/MIT",
      "@type": "CreativeWork",
      name: "MIT License",
    },
    {
      "@id": paper,
      "@type": "ScholarlyArticle",
      name: "When Does Contrastive Visual Representation Learning Work?",
      author: ["Elijah Cole", "Xuan Yang", "Kimberly Wilber", "Oisin Mac Aodha", "Serge Belongie"],
    },
    ...inputs,
    ...instruments,
    ...listed,
    ...kept === null ? [] : [...kept.folders, ...kept.files, ...kept.steps, ...kept.terms],
  ];
  const context = `${profile}/context`;
  return `${JSON.stringify({ "@context": context, "@graph": graph }, null, 1)}\n`;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
