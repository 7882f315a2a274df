import { artifactPath, type Origin, type StudyResults } from "@/lib/results/mod.ts";

type Manifest = Origin["manifest"];

/** Something that a crate describes. */
export interface Entity {
  readonly "@id": string;
  readonly "@type": string;
  readonly [property: string]: unknown;
}

/** What a crate says of the artifacts that lie in it. */
export interface ArtifactEntities {
  /** A folder an artifact. */
  readonly folders: readonly Entity[];
  readonly files: readonly Entity[];
  /** What was done for each, of what, with what and when. */
  readonly steps: readonly Entity[];
  /** Under which terms images are that are not this project's. */
  readonly terms: readonly Entity[];
}

// Files that show or hold images of the data sets.
const showing: readonly Manifest["kind"][] = ["ingest", "corrupt", "sheet", "views", "neighbours"];

const termsId = "#terms-of-the-images";

/**
 * Describes every artifact that a study stands on, with its files and the step that made it (Process Run Crate: a CreateAction
 * each).
 *
 * @param options `program`: the id of the program; `machineOf`: that of a machine.
 */
export function artifactEntities(
  { origins }: Pick<StudyResults, "origins">,
  { program, machineOf }: {
    readonly program: string;
    readonly machineOf: (made: Manifest["made"]) => string;
  },
): ArtifactEntities {
  const all = [...origins.values()];
  const foreign = new Set(all.filter((origin) => isForeign(origin, origins)));
  return {
    folders: all.map((origin) => folderEntity(origin, foreign.has(origin))),
    files: all.flatMap(fileEntities),
    steps: all.map((origin) => stepEntity(origin, { origins, program, machineOf })),
    terms: foreign.size === 0 ? [] : [{
      "@id": termsId,
      "@type": "CreativeWork",
      name: "The terms of the data sets' own publishers",
      description:
        "These files hold or show images of data sets that this project did not make. Its licence is not theirs.",
    }],
  };
}

function folderOf({ step }: Origin): string {
  return `${artifactPath(step.key)}/`;
}

function folderEntity(origin: Origin, isForeign: boolean): Entity {
  const { step: { key, kind, label }, manifest: { files } } = origin;
  return {
    "@id": folderOf(origin),
    "@type": "Dataset",
    name: `${kind}: ${label}`,
    identifier: key,
    hasPart: [...Object.keys(files), "manifest.json"]
      .map((name) => ({ "@id": `${folderOf(origin)}${name}` })),
    ...isForeign && { license: { "@id": termsId } },
  };
}

function fileEntities(origin: Origin): readonly Entity[] {
  const folder = folderOf(origin);
  const files = Object.entries(origin.manifest.files).map(([name, { bytes, sha256 }]): Entity => ({
    "@id": `${folder}${name}`,
    "@type": "File",
    name,
    encodingFormat: formatOf(name),
    contentSize: `${bytes}`,
    sha256,
  }));
  return [...files, {
    "@id": `${folder}manifest.json`,
    "@type": "File",
    name: "manifest.json",
    description: "what the artifact is, the recipe and code that made it, and its files' hashes",
    encodingFormat: formatOf("manifest.json"),
  }];
}

function formatOf(name: string): string {
  if (name.endsWith(".json")) return "application/json";
  return name.endsWith(".png") ? "image/png" : "application/octet-stream";
}

function stepEntity(
  origin: Origin,
  { origins, program, machineOf }: {
    readonly origins: ReadonlyMap<string, Origin>;
    readonly program: string;
    readonly machineOf: (made: Manifest["made"]) => string;
  },
): Entity {
  const { step: { key, kind, label, needs }, manifest: { made, spec } } = origin;
  const used = Object.values(needs).flatMap((need) => origins.get(need) ?? []);
  return {
    "@id": `#step-${key}`,
    "@type": "CreateAction",
    name: `${kind}: ${label}`,
    description: JSON.stringify(spec),
    endTime: made.at,
    instrument: [{ "@id": program }, { "@id": machineOf(made) }],
    object: used.map((one) => ({ "@id": folderOf(one) })),
    result: [{ "@id": folderOf(origin) }],
  };
}

/** Whether an artifact holds or shows images that this project did not draw. */
function isForeign({ step }: Origin, origins: ReadonlyMap<string, Origin>): boolean {
  if (!showing.includes(step.kind)) return false;
  const isOther = (key: string): boolean => {
    const found = origins.get(key)?.step;
    if (found === undefined) return false;
    return found.kind === "ingest"
      ? found.spec.form !== "world"
      : Object.values(found.needs).some(isOther);
  };
  return isOther(step.key);
}
