import { type Html, markup, table } from "@/lib/report/mod.ts";
import {
  type ExperimentResults,
  failedChecks,
  type Judgement,
  type StudyResults,
} from "@/lib/results/mod.ts";

type Check = Judgement["claim"]["checks"][number]["check"];

/** A claim without a verdict, and something that would give it one. */
interface OpenClaim {
  readonly experiment: string;
  readonly judgement: Judgement;
  readonly why: string;
  readonly remedy: string;
}

const ofChecks: Readonly<Record<Check, readonly [why: string, remedy: string]>> = {
  "beats untrained": [
    "pretraining does not beat an untrained encoder",
    "longer pretraining, or more images for it",
  ],
  "flattened": ["pretraining had not levelled off", "more epochs of pretraining"],
  "converged": [
    "training on labels had not converged",
    "more epochs or steps of training on labels",
  ],
  "off the ends": [
    "accuracies are at floor or ceiling",
    "more labels where accuracy is at chance, a harder task where it is near perfect",
  ],
};

/** What leaves claims open at the budget, and what would settle them. */
function openClaims(
  { experiment, judgements, cells, testClasses }: ExperimentResults,
  { origins, question }: Pick<StudyResults, "origins" | "question">,
): readonly OpenClaim[] {
  return judgements.flatMap((judgement): readonly OpenClaim[] => {
    const { verdict, reason = "", claim } = judgement;
    const open = (why: string, remedy: string) => ({
      experiment: experiment.id,
      judgement,
      why,
      remedy,
    });
    switch (verdict) {
      case "holds":
      case "does not hold":
        return [];
      case "undecided":
        return [
          open(
            "the numbers are too uncertain to decide",
            question === undefined
              ? "more seeds (--seeds, --until-decided)"
              : "more seeds (--seeds), or more test images",
          ),
        ];
      case "needs two seeds":
        return [open("there is only one seed", "a second seed (--seeds 2)")];
      case "not measured":
        return [open("its numbers are not in the store", "running the same command to its end")];
      case "not testable here":
        return [open(reason, "other data, or a scale at which its conditions exist")];
      case "not testable at this budget":
        return claim.checks
          .filter((check) => failedChecks([check], { cells, testClasses, origins }).length > 0)
          .map(({ check }) => open(...ofChecks[check]))
          .filter((one, i, all) => all.findIndex(({ why }) => why === one.why) === i);
    }
  });
}

/** A list of what would settle the open claims of an experiment; nothing where none is open. */
export function remedies(results: ExperimentResults, study: StudyResults): Html | null {
  const open = openClaims(results, study);
  if (open.length === 0) return null;
  const lines = [...Map.groupBy(open, ({ remedy }) => remedy)].map(([remedy, some]) =>
    markup`<li>${remedy}: ${links(some)}</li>`
  );
  return markup`<p class="note">What would settle the open claims:</p>
<ul class="note">${lines}</ul>
`;
}

/** All that is open in a study: why, and what would settle it. */
export function openTable(study: StudyResults): Html {
  const open = study.experiments.flatMap((results) => openClaims(results, study));
  if (open.length === 0) {
    return markup`<p>Nothing is open: every claim in this report is decided.</p>`;
  }
  const groups = [...Map.groupBy(open, ({ why, remedy }) => `${why}\n${remedy}`).values()]
    .toSorted((a, b) => b.length - a.length);
  return table({
    label: "Claims without a verdict, and what would settle them",
    classes: "differences",
    stacked: true,
    columns: [{ title: "Why" }, { title: "What would settle it" }, { title: "Claims" }],
    rows: groups.map((some) => ({
      header: some[0]!.why,
      cells: [some[0]!.remedy, links(some)],
    })),
    caption:
      "A claim is listed under every reason that keeps it open. Numbered claims are the paper’s; the others go by their names.",
  });
}

function links(open: readonly OpenClaim[]): readonly Html[] {
  return open.map(({ experiment, judgement: { claim } }, i) =>
    markup`${i > 0 && ", "}<a href="#${experiment}-claim-${claim.id}">${
      claim.number === undefined ? claim.id : `claim ${claim.number}`
    }</a>`
  );
}
