import { expand, scaleOf } from "@/dsl/mod.ts";
import { duration } from "@/lib/base/duration.ts";
import { plural } from "@/lib/base/plural.ts";
import { shellWord } from "@/lib/base/shell_word.ts";
import { refusal, refusedRoles } from "@/lib/cli/allow.ts";
import { checkReportFolder } from "@/lib/cli/publish.ts";
import {
  defaultOut,
  type EngineOptions,
  type ReportOptions,
  seedsText,
  studyName,
  type StudyOptions,
} from "@/lib/cli/options.ts";
import { outsideEncoders } from "@/lib/cli/outside.ts";
import { declaredBy } from "@/lib/cli/posed.ts";
import { checkFacts, tooFew } from "@/lib/cli/question_data.ts";
import { askedEncoders, askedRole } from "@/lib/cli/question_given.ts";
import { reproduce } from "@/lib/cli/reproduce.ts";
import { complain, say } from "@/lib/cli/say.ts";
import { tellingProgress } from "@/lib/cli/status_line.ts";
import { showPlan } from "@/lib/cli/show_plan.ts";
import { worldSeed } from "@/lib/cli/study_draft.ts";
import { dividedLevels, domainFacts } from "@/lib/data/mod.ts";
import { expectedSeconds, plan, type PlanDomain, scheduledSeconds } from "@/lib/plan/mod.ts";
import {
  type Choice,
  chooseParts,
  experimentOf,
  labelCounts,
  leastGain,
  leastOwnImages,
  leastSeeds,
  leastTestImages,
  type LeftOut,
  ownEncoders,
  type Part,
  partsOf,
  type QuestionFacts,
  questionId,
  type Wishes,
} from "@/lib/question/mod.ts";
import { openStore } from "@/lib/store/mod.ts";

// Seconds from which on it is worth a word that less can be asked.
const long = 2 * 3600;

/** What `deno task ask` is told. */
export interface AskOptions extends
  EngineOptions,
  Pick<
    StudyOptions,
    "scale" | "precision" | "data" | "encoders" | "allow" | "store" | "seeds" | "jobs" | "json"
  > {
  readonly out?: string;
  /** The role that is asked of, where the data file binds several. */
  readonly role?: string;
  /** Whether an encoder is pretrained on the user's own images. */
  readonly pretrain: boolean;
  /** Numbers of labels a class. */
  readonly labels?: readonly number[];
  /** What all may take, roughly. */
  readonly hours?: number;
  /** Whether what would run is shown, and nothing is run. */
  readonly plan: boolean;
}

/**
 * `deno task ask`: makes an experiment from what a data set is, works it and writes a page that opens with advice.
 *
 * @throws {InputError | InputErrors} If the data cannot be asked of, or as `reproduce()` does.
 */
export async function ask(options: AskOptions, root: string): Promise<void> {
  const { role: asked, pretrain, labels, hours, plan: isPlanned, ...given } = options;
  const { role, binding } = await askedRole(options.data, asked);
  const scale = scaleOf(
    options.scale,
    options.precision === undefined ? {} : { precision: options.precision },
  );
  const id = questionId(role), ids = [id];
  const out = options.out ?? defaultOut(root, ids, options);
  await checkReportFolder({ out, name: studyName(ids, options) });
  const store = await openStore(options.store);
  const found = await tellingProgress(
    (tell) =>
      domainFacts(binding, {
        world: { ...scale.world, seed: worldSeed },
        memo: `${store.root}/memo`,
        onProgress: (done, total) => tell(`${role}: reading, ${done} of ${total}`),
      }),
    { quiet: options.json },
  );
  const domain = planDomain(found);
  const facts: QuestionFacts = { role, ...domain };
  checkFacts(facts, { pretrain, dataset: found.dataset });
  const [refused] = refusedRoles(new Map([[role, found]]), options.allow);
  if (refused !== undefined) throw refusal([refused]);
  const names = options.encoders === undefined ? [] : await askedEncoders(options.encoders);
  const wishes: Wishes = {
    ...{ encoders: names, pretrain },
    ...labels && { labels },
    ...options.seeds && { seeds: options.seeds.count },
  };
  const jobs = Math.min(options.jobs ?? Infinity, navigator.hardwareConcurrency);
  const conditionsOf = (parts: readonly Part[], seeds = leastSeeds) =>
    expand(experimentOf(parts, facts, wishes), scale, { seeds });
  const { encoders } = await outsideEncoders(
    conditionsOf(partsOf(facts, wishes)),
    options.encoders,
  );
  const secondsOf = (parts: readonly Part[], seeds: number) => {
    const { steps } = plan(conditionsOf(parts, seeds), new Map([[role, domain]]), { encoders });
    const seconds = expectedSeconds(steps, new Map([[domain.id, domain]]));
    return scheduledSeconds(steps, { seconds, jobs, place: () => 0 });
  };
  const choice = chooseParts(facts, wishes, {
    ...hours !== undefined && { limit: 3600 * hours },
    secondsOf,
  });
  const leftOut = choice.leftOut.map((one) => leftOutSentence(one, hours!));
  const experiment = experimentOf(choice.parts, facts, { ...wishes, seeds: choice.seeds });
  const posed = {
    declared: declaredBy(experiment, options.data ?? "deno task ask"),
    question: {
      role,
      leftOut,
      untried: untriedSentence(facts, { pretrain, parts: choice.parts }),
      leastTestImages,
      leastGain,
      features: featuresCommand(options, role),
    },
    command: askCommand(options, role),
  };
  const study: ReportOptions & EngineOptions = {
    ...given,
    out,
    all: false,
    figures: "full",
    untilDecided: false,
    trustCode: false,
  };
  // A plan tells them where it tells of the data.
  const notes = isPlanned ? [] : found.notes;
  if (!options.json) tell(facts, { wishes, choice, leftOut, notes });
  if (hours === undefined && choice.seconds > long) {
    complain(
      `All that can be asked takes about ${
        duration(choice.seconds)
      }: --hours 2 leaves out what is less important. What is done is kept\n`,
    );
  }
  if (hours !== undefined && choice.seconds > 3600 * hours) {
    complain(
      `Even the least that can be asked takes about ${
        duration(choice.seconds)
      }, more than --hours ${hours}\n`,
    );
  }
  if (isPlanned) {
    return await showPlan(ids, { ...study, allSteps: false, exitCode: false }, { root, posed });
  }
  await reproduce(ids, study, { root, posed });
}

function planDomain(facts: Awaited<ReturnType<typeof domainFacts>>): PlanDomain {
  const { hierarchy } = facts;
  return {
    ...facts,
    classes: hierarchy.leaves.length,
    levels: hierarchy.levels,
    dividedLevels: dividedLevels(hierarchy),
  };
}

/** Why no encoder is pretrained on the user's own images, or has no number yet. */
function untriedSentence(
  facts: QuestionFacts,
  { pretrain, parts }: Pick<Wishes, "pretrain"> & Pick<Choice, "parts">,
): string {
  const images = plural(facts.trainImages + facts.unlabelledImages, "image");
  const [own] = ownEncoders(facts, { pretrain: true });
  if (own === undefined) return `${images} are too few, and ${leastOwnImages} the least`;
  if (!pretrain) return `--pretrain tries it on your ${images}`;
  return parts.some(({ name }) => name.startsWith("own"))
    ? "its steps did not finish"
    : "there was no time for it";
}

/** "fine-tuning: about 12 min more, which --hours 0.5 does not have". */
function leftOutSentence({ told, seconds }: LeftOut, hours: number): string {
  return `${told} (about ${duration(seconds)} more, beyond --hours ${hours})`;
}

function tell(
  facts: QuestionFacts,
  { wishes, choice: { parts, seeds }, leftOut, notes }: {
    readonly wishes: Wishes;
    readonly choice: Choice;
    readonly leftOut: readonly string[];
    readonly notes: readonly string[];
  },
): void {
  const { role, trainImages, testImages, unlabelledImages, classes, levels } = facts;
  const counts = labelCounts(facts, wishes.labels);
  say(
    `${role}: ${plural(trainImages, "labelled image")} of ${classes} classes, ${
      plural(testImages, "test image")
    }, ${unlabelledImages} without labels${
      levels.length > 1 ? `; levels: ${levels.join(", ")}` : ""
    }`,
  );
  for (const note of notes) say(`note: ${note}`);
  if (testImages < leastTestImages) say(tooFew);
  say(
    `Labels: ${
      counts.length === 0 ? "all" : `${counts.join(", ")} of each class, and all`
    }. Asked with ${plural(seeds, "seed")}: ${parts.map(({ told }) => told).join("; ")}`,
  );
  for (const sentence of leftOut) say(`Left out: ${sentence}`);
}

/** The command that asks the same again. */
function askCommand(options: AskOptions, role: string): string {
  const { precision, seeds, pretrain, labels, hours, jobs } = options;
  const words = ["deno", "task", "ask", "--role", role, ...givenWords(options)];
  if (pretrain) words.push("--pretrain");
  if (labels !== undefined) words.push("--labels", labels.join(","));
  if (hours !== undefined) words.push("--hours", `${hours}`);
  // With more processes more can be asked in that time.
  if (hours !== undefined && jobs !== undefined) words.push("--jobs", `${jobs}`);
  if (precision !== undefined) words.push("--precision", precision);
  if (seeds !== undefined) words.push("--seeds", seedsText(seeds));
  return words.map(shellWord).join(" ");
}

/** The command that writes features of the same images, but for the encoder. */
function featuresCommand(options: AskOptions, role: string): string {
  return ["npx", "deno", "task", "features", role, ...givenWords(options)].map(shellWord).join(" ");
}

/** What says which images and encoders are meant, and how large they are. */
function givenWords({ scale, data, encoders, allow }: AskOptions): readonly string[] {
  const words = ["--scale", scale];
  if (data !== undefined) words.push("--data", data);
  if (encoders !== undefined) words.push("--encoders", encoders);
  if (allow.length > 0) words.push("--allow", allow.join(","));
  return words;
}
