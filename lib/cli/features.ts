import { scaleOf } from "@/dsl/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import { plural } from "@/lib/base/plural.ts";
import { refusal, refusedRoles } from "@/lib/cli/allow.ts";
import { soundExperiments } from "@/lib/cli/experiments.ts";
import { type NamedEncoder, namedEncoder } from "@/lib/cli/features_encoder.ts";
import {
  checkFeaturesFolder,
  type FeatureSplit,
  writeFeatureFiles,
} from "@/lib/cli/features_files.ts";
import { type FeatureRole, workFeatures } from "@/lib/cli/features_work.ts";
import type { StudyOptions } from "@/lib/cli/options.ts";
import { boundRoles } from "@/lib/cli/roles.ts";
import { say } from "@/lib/cli/say.ts";
import { tellingProgress } from "@/lib/cli/status_line.ts";
import { worldSeed } from "@/lib/cli/study_draft.ts";
import {
  type Binding,
  type DomainFacts,
  domainFacts,
  firstOf,
  readBindings,
  readPackLabels,
} from "@/lib/data/mod.ts";
import { filesIn, readCode } from "@/lib/run/mod.ts";
import { openStore } from "@/lib/store/mod.ts";

/** What `deno task features` is told: which encoder of which study, and which images. */
export interface FeaturesOptions extends StudyOptions {
  /** A condition, a step's key, one from outside, or a floor. */
  readonly encoder: string;
  /** The file that bound the roles of the study; that of the images by default none. */
  readonly trainedOn?: string;
  readonly out: string;
  /** Both by default. */
  readonly split?: FeatureSplit;
  readonly device?: string;
}

/**
 * `deno task features`: the features of images under an encoder, for those who go on elsewhere.
 *
 * @param roles Of the images; by default those that the data file binds.
 * @throws {InputError | InputErrors} If the encoder or the images are not there, or something would be replaced.
 */
export async function writeFeatures(
  roles: readonly string[],
  options: FeaturesOptions,
  root: string,
): Promise<void> {
  const { out, split, allow, trainedOn, data } = options;
  const bound = await chosenRoles(roles, data, root);
  const splits = split === undefined ? ["train", "test"] as const : [split];
  await checkFeaturesFolder(out, [...bound.keys()], splits);
  const { data: _, ...others } = options;
  const ofStudy = { ...others, ...trainedOn !== undefined && { data: trainedOn } };
  const encoder = await namedEncoder(options.encoder, { options: ofStudy, root });
  const scale = scaleOf(options.scale);
  const world = "study" in encoder
    ? encoder.study.world
    : "world" in encoder
    ? encoder.world
    : { ...scale.world, seed: worldSeed };
  const store = await openStore(options.store), memo = `${store.root}/memo`;
  const found = new Map<string, DomainFacts>();
  for (const [role, binding] of bound) {
    const facts = await tellingProgress((tell) =>
      domainFacts(binding, {
        ...{ world, memo },
        onProgress: (done, total) => tell(`${role}: reading, ${done} of ${total}`),
      })
    );
    checkImages(role, facts, splits);
    found.set(role, facts);
  }
  const [first, ...more] = refusedRoles(found, allow);
  if (first !== undefined) throw refusal([first, ...more]);
  const images = [...found].map(([role, facts]): FeatureRole => ({
    ...{ role, facts, binding: bound.get(role)! },
  }));
  const code = "study" in encoder ? encoder.study.code : await readCode(filesIn(root));
  const pixels = encoder.pixels ?? scale.pixels;
  const work = { store, code, world, root, options, encoder, pixels };
  const folders = await workFeatures(images, work);
  const sources = images.map(({ role, binding }) => ({
    ...{ role, binding, world, splits },
    ...folders.get(role)!,
  }));
  for (const { path, holds } of await writeFeatureFiles(sources, out)) say(`${path}: ${holds}`);
  for (const { role, images } of sources) {
    const { skipped } = await readPackLabels(images);
    const named = skipped.map(({ name, reason }) => `${name} (${reason})`);
    const broken = `${plural(skipped.length, "broken image")} of ${role} left out`;
    if (skipped.length > 0) say(`${broken}: ${firstOf(named)}`);
  }
  say(toldEncoder(encoder, pixels));
}

function toldEncoder(encoder: NamedEncoder, pixels: number): string {
  const name = "floor" in encoder ? encoder.floor.family : encoder.step.label;
  return `Features of ${name}, of images at ${pixels} px`;
}

function checkImages(role: string, facts: DomainFacts, splits: readonly FeatureSplit[]): void {
  const counts = { train: facts.trainImages, test: facts.testImages };
  if (splits.some((split) => counts[split] > 0)) return;
  throw new InputError(
    `${role} (${facts.source})`,
    `there are no labelled images for ${splits.join(" and ")}`,
    "Features are written of images with labels: give them one, be it the same for all",
  );
}

/** The data sets of the roles that are named, or of all that the file binds. */
async function chosenRoles(
  roles: readonly string[],
  data: string | undefined,
  root: string,
): Promise<ReadonlyMap<string, Binding>> {
  const bound = await boundRoles(await soundExperiments(root), data);
  const own = data === undefined ? [] : Object.keys(await readBindings(data));
  const names = roles.length > 0 ? [...new Set(roles)] : own;
  const known = Object.keys(bound);
  if (names.length === 0) {
    throw new InputError(
      "Command line",
      "no images are named",
      `Name a file of data sets with --data, or roles: ${known.join(", ")}`,
    );
  }
  const wrong = names.find((role) => !known.includes(role));
  if (wrong === undefined) return new Map(names.map((role) => [role, bound[role]!]));
  throw new InputError(
    "Command line",
    `role "${wrong}" is bound to no data set`,
    `${didYouMean(wrong, known)}Choose among ${known.join(", ")}, or bind it in a file for --data`,
  );
}
