import { cp } from "node:fs/promises";
import { namesIn } from "@/lib/base/files.ts";
import type { Random } from "@/lib/base/random.ts";
import { artifactPath } from "@/lib/store/artifact_path.ts";
import { contentOf, readManifest, wrongFile } from "@/lib/store/mod.ts";
import { type Ended, type Running, start, type StartOptions } from "@/tests/campaign/process.ts";
import { type Watch, watchArtifacts } from "@/tests/campaign/watch.ts";
import { root } from "@/tests/cli/command.ts";
import { withProject } from "@/tests/cli/project.ts";

// Nineteen steps, of which two trainings and the ingest go on from what is kept of them.
const experiment = `
import { barlow, domain, experiment, grid, linear, simclr, untrained } from "@/dsl/mod.ts";
const few = domain("species", "50k");
const training = { epochs: 60 };
export const campaign = experiment({
  id: "campaign",
  title: "Campaign",
  question: "Do faults change anything?",
  reference: "none",
  trials: grid([simclr(few, { training }), barlow(few, { training }), untrained()], [linear("species")]),
});
`;

/** A small study, and what it comes to when nothing goes wrong. */
export interface Study {
  readonly project: string;
  /** The store of the run that nothing disturbed. */
  readonly store: string;
  /** The content of each of its artifacts by its key. */
  readonly whole: ReadonlyMap<string, string>;
}

/** Gives the study once it has been run undisturbed. */
export async function withStudy(body: (study: Study) => Promise<void>): Promise<void> {
  await withProject({ "experiments/campaign.ts": experiment }, async (project) => {
    // Reports of the paper's figures import their experiments; links are no experiments of this project.
    for (const name of await namesIn(`${root}/experiments`)) {
      await Deno.symlink(`${root}/experiments/${name}`, `${project}/experiments/${name}`);
    }
    const store = `${project}/undisturbed/store`;
    const { code, written } = await start(reproduceArguments(`${project}/undisturbed`), {
      cwd: project,
      onTold: () => {},
    }).ended;
    if (code !== 0) throw new Error(`The undisturbed run failed: ${written}`);
    await body({ project, store, whole: await contentsOf(store) });
  });
}

function reproduceArguments(folder: string): string[] {
  const places = ["--store", `${folder}/store`, "--out", `${folder}/out`];
  return ["reproduce", "campaign", "--scale", "smoke", "--device", "cpu", "--jobs", "2", ...places];
}

/** The content of every artifact of a store, each verified. */
async function contentsOf(store: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const shelf of await namesIn(`${store}/artifacts`)) {
    for (const key of await namesIn(`${store}/artifacts/${shelf}`)) {
      const folder = `${store}/${artifactPath(key)}`;
      const manifest = await readManifest(folder, key);
      const is = typeof manifest === "string"
        ? manifest
        : await wrongFile(folder, manifest) ?? contentOf(manifest.files);
      found.set(key, is);
    }
  }
  return found;
}

type Doubles = Pick<StartOptions, "preload" | "env">;

/** A store in which the study is run, and disturbed. */
export interface Scene {
  readonly store: string;
  readonly watch: Watch;
  /** Starts the study's command. */
  reproduce(doubles?: Doubles): Running;
  /** Starts a worker of the plan that the command has written; nothing where it has not yet. */
  work(doubles?: Doubles): Promise<Running | undefined>;
  /** Gives the same command once more, and compares what is there then with what should be. */
  settle(doubles?: Doubles): Promise<Result>;
}

/** What became of a scene. */
export interface Result {
  readonly finished: boolean;
  readonly equal: boolean;
  readonly twice: number;
  /** What is wrong, in words. */
  readonly problems: readonly string[];
}

/** How a scene begins. */
export interface SceneOptions {
  /** Whether some of the artifacts are there already. */
  readonly begins: "empty" | "half" | "complete";
  readonly random: Random;
  /** Where its store comes to lie; else a folder of its own. */
  readonly folder?: string;
}

/** Gives a store for the study, which is gone afterwards. */
export async function withScene<T>(
  study: Study,
  { begins, random, folder = `${study.project}/${crypto.randomUUID()}` }: SceneOptions,
  body: (scene: Scene) => Promise<T>,
): Promise<T> {
  const { project, whole } = study, store = `${folder}/store`;
  await Deno.mkdir(folder, { recursive: true });
  if (begins !== "empty") await cp(study.store, store, { recursive: true });
  for (const key of begins === "half" ? whole.keys() : []) {
    if (random.uniform() < 0.5) {
      await Deno.remove(`${store}/${artifactPath(key)}`, { recursive: true });
    }
  }
  const watch = watchArtifacts(store, [...whole.keys()]);
  const all: Running[] = [];
  const begin = (args: readonly string[], doubles: Doubles): Running => {
    const running = start(args, { cwd: project, onTold: watch.onTold, ...doubles });
    all.push(running);
    return running;
  };
  const reproduce = (doubles: Doubles = {}) => begin(reproduceArguments(folder), doubles);
  try {
    watch.look();
    return await body({
      ...{ store, watch, reproduce },
      async work(doubles = {}) {
        const [plan] = (await namesIn(`${store}/plans`)).filter((name) => /^[0-9a-f]+$/.test(name));
        if (plan === undefined) return undefined;
        return begin(["work", "--store", store, "--plan", plan, "--jobs", "1"], doubles);
      },
      async settle(doubles) {
        const ended = await reproduce(doubles).ended;
        watch.look();
        return resultOf(ended, { watch, whole, found: await contentsOf(store) });
      },
    });
  } finally {
    watch.close();
    await Promise.all(all.map((one) => one.isOver() ? undefined : one.kill()));
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

function resultOf(
  { code, written }: Ended,
  { watch, whole, found }: {
    readonly watch: Watch;
    readonly whole: Study["whole"];
    readonly found: Study["whole"];
  },
): Result {
  const problems = code === 0 ? [] : [`the command ended with ${code}: ${written.trim()}`];
  for (const key of new Set([...whole.keys(), ...found.keys()])) {
    const should = whole.get(key) ?? "not there", is = found.get(key) ?? "not there";
    if (is !== should) problems.push(`artifact ${key.slice(0, 12)}: ${is} and not ${should}`);
  }
  const twice = watch.twice();
  problems.push(...twice.map((key) => `step ${key.slice(0, 12)} was done though it was there`));
  const equal = found.size === whole.size && [...whole].every(([key, is]) => found.get(key) === is);
  return { finished: code === 0, equal, twice: twice.length, problems };
}
