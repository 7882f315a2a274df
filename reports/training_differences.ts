import { count, listing, plural } from "@/lib/report/mod.ts";
import {
  encodersOf,
  isFloorName,
  methodNames,
  methods,
  type Network,
  networkName,
  type StudyResults,
  type Subject,
  trainingAt,
  type TrainingMethod,
  unstated as unknown,
} from "@/lib/results/mod.ts";
import type { Difference } from "@/reports/difference.ts";
import { methodName } from "@/reports/names.ts";

/** What differs in what is trained, and in what stands beside it. */
export function trainingDifferences(
  { scale, rows, experiments }: StudyResults,
): readonly Difference[] {
  const { finetune, pixels, network } = scale;
  const subjects = experiments.flatMap(({ cells, absent }) => [
    ...cells.map(({ subject }) => subject),
    ...absent,
  ]);
  const used = new Set(subjects.flatMap(encodersOf).map(({ method }) => method));
  const trained = methodNames.filter((name) => used.has(name));
  const sides = new Set(
    trained.flatMap((name) =>
      trainingAt(scale, name).views.map(({ augmentation }) => augmentation.pixels)
    ),
  );
  return [
    {
      what: "Image side",
      paper: "224 px is SimCLR’s default; " + unknown,
      here: sides.size === 0
        ? `${pixels} px`
        : `${pixels} px; views of ${listing([...sides].map(String))} px in training`,
      why: "Cost grows with the square of the side.",
    },
    {
      what: "Network",
      paper: "ResNet-50",
      here: networkTitle(network),
      why: "The largest that the scale’s budget allows.",
    },
    ...trained.map((name) => methodDifference(name, scale)),
    ...outsideDifferences(subjects),
    ...floorDifferences(subjects),
    ...declaredDifference(subjects),
    ...rows.some(({ probe }) => probe === "finetune" || probe === "scratch")
      ? [{
        what: "Fine-tuning and training from scratch",
        paper: `all layers; settings: ${unknown}`,
        here: `${plural(finetune.epochs, "epoch")}${orSteps(finetune)}, batch ${
          count(finetune.batch)
        }; ${
          finetune.learningRates.length === 1
            ? `learning rate ${finetune.learningRates[0]}`
            : `learning rate chosen from ${
              listing(finetune.learningRates.map(String))
            } on held-out labels`
        }; views of ${
          finetune.views[0].augmentation.pixels
        } px in training, whole images at ${finetune.wholePixels} px in prediction${
          subjects.some(({ probe, outside }) => probe === "finetune" && outside !== undefined)
            ? "; encoders from outside see both at their own size"
            : ""
        }`,
        why:
          "Otherwise small label sets would get too few steps to learn from. Training views show things enlarged, and a network predicts best at the size at which it saw them.",
      }]
      : [],
  ];
}

/** What some conditions have in place of the settings that this table tells. */
function declaredDifference(subjects: readonly Subject[]): readonly Difference[] {
  const declared = subjects.flatMap((subject) => [
    ...subject.ownScale ? [`scale ${subject.scale}`] : [],
    ...encodersOf(subject).flatMap(({ changes, network, ownNetwork }) => [
      changes.text,
      ...ownNetwork ? [network] : [],
    ]),
    subject.probeChanges.text,
  ]).filter((text) => text !== "");
  if (declared.length === 0) return [];
  return [{
    what: "Conditions with settings of their own",
    paper: "none",
    here: [...new Set(declared)].join("; "),
    why: "Declared by their experiments; all other conditions have the settings in this table.",
  }];
}

/** How a method trains here, in what every method has and in its own words. */
function methodDifference<M extends TrainingMethod>(
  name: M,
  scale: StudyResults["scale"],
): Difference {
  const { words } = methods[name];
  const training = trainingAt(scale, name);
  const { batch, optimizer, learningRate, precision } = training;
  return {
    what: `${words.name} training`,
    paper: words.paper,
    here: `${plural(training.epochs, "epoch")}${orSteps(training)}, batch ${
      count(batch)
    }, ${optimizer.name.toUpperCase()} with peak learning rate ${learningRate}, ${precision}; ${
      words.settings(training)
    }`,
    why: words.why,
  };
}

/** Encoders that others trained: what they are, and which files. */
function outsideDifferences(subjects: readonly Subject[]): readonly Difference[] {
  const told = subjects.flatMap(encodersOf).flatMap(({ checkpoint, network, outside }) => {
    if (outside === undefined) return [];
    const { pixels, normalisation: { mean, std }, source, licence, sha256 } = outside;
    return [
      `${checkpoint}: ${network}, of images of ${pixels} px, less ${
        mean.join(", ")
      } and divided by ${std.join(", ")}; source ${source ?? "not given"}; licence ${
        licence ?? "not given"
      }; SHA-256 of the file ${sha256}`,
    ];
  });
  if (told.length === 0) return [];
  return [{
    what: "Encoders from outside",
    paper: "not in the paper",
    here: [...new Set(told)].join(". "),
    why: "Others trained them, on images that may hold those of the tests: see their source.",
  }];
}

/** The floors under every network, where there are some. */
function floorDifferences(subjects: readonly Subject[]): readonly Difference[] {
  const used = subjects.flatMap(encodersOf).filter(({ method }) => isFloorName(method));
  const named = used.map(({ method, network }) => `${methodName(method)}: ${network}`);
  if (named.length === 0) return [];
  return [{
    what: "Features without a network",
    paper: "not in the paper",
    here: [...new Set(named)].join("; "),
    why: "They are what a network has to beat.",
  }];
}

/** The least steps of a training, where there is such a number. */
function orSteps({ minimumSteps }: { readonly minimumSteps: number }): string {
  return minimumSteps === 0 ? "" : ` or ${count(minimumSteps)} steps if that is more`;
}

function networkTitle(network: Network): string {
  if (network.family !== "resnet") return networkName(network);
  const { block, blocks, width, stem } = network;
  const start = stem === "small" ? "3×3 first layer" : "7×7 first layer and pooling";
  return `ResNet of ${block} blocks ${blocks.join("-")}, width ${width}, ${start}`;
}
