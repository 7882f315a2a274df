import { count, type Html, listing, markup, plural, table } from "@/lib/report/mod.ts";
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
  unlabelledMethods,
  unstated as unknown,
} from "@/lib/results/mod.ts";
import { corruptionTitle, methodName, paperName } from "@/reports/names.ts";

/** A way in which this study is not the paper's, with the reason. */
interface Difference {
  readonly what: string;
  readonly paper: string;
  readonly here: string;
  readonly why: string;
}

/** What differs from the paper and why. */
export function differences(study: StudyResults): Html {
  const all = [
    ...dataDifferences(study),
    ...trainingDifferences(study),
    ...judgingDifferences(study),
  ];
  const whole = table({
    label: "What differs from the paper",
    classes: "differences",
    stacked: true,
    columns: [{ title: "What" }, { title: "Paper" }, { title: "Here" }, { title: "Why" }],
    rows: all.map(({ what, paper, here, why }) => ({
      header: what,
      cells: [paper, here, why],
    })),
    caption:
      markup`“${unknown}” means that the choice here is this project’s own and must not be read as the paper’s.`,
  });
  return markup`<p>${all.map(({ what }) => what).join(" · ")}</p>
<p>Each setting by its value: <a href="#settings">Settings of every method and probe</a>.</p>
<details><summary>For each: what the paper does, what is done here, and why</summary>
${whole}</details>`;
}

function dataDifferences(
  { domains, scale, pictures: { samples } }: StudyResults,
): readonly Difference[] {
  const entries = [...domains];
  const drawn = entries.every(([, domain]) => domain.dataset === "world");
  return [
    {
      what: "Images",
      paper: listing(entries.map(([role]) => paperName(role) ?? `no counterpart to ${role}`)),
      here: entries.map(([role, { source }]) => `${role}: ${source}`).join("; "),
      why: drawn
        ? "Synthetic images need no download and no licence, and anyone can generate the same ones. They are simpler than photographs: they test the method, not the world."
        : "The data sets that data.yaml binds to the roles.",
    },
    {
      what: "Pretraining images",
      paper: "1,000,000 per domain (“1M”)",
      here: `${count(scale.sizes["1M"])} per domain stand for “1M”`,
      why:
        `At scale ${scale.name}, sizes keep the paper’s names; where the scale is smaller, they stand for fewer images.`,
    },
    ...(entries.every(([, domain]) => domain.unlabelledImages === 0) ? [] : [{
      what: "Images without labels",
      paper: "none",
      here: entries.map(([role, domain]) => `${role}: ${count(domain.unlabelledImages)}`).join(
        "; ",
      ),
      why: `${
        listing(unlabelledMethods.map(methodName))
      } draw their images from both these and the training images.`,
    }]),
    {
      what: "Labelled images for a probe",
      paper: "all training images (inferred from Table 1 and Fig 2)",
      here: entries.map(([role, domain]) => `${role}: ${count(domain.trainImages)}`).join("; "),
      why: "All that the data set has.",
    },
    {
      what: "Test images",
      paper: "iNat21: the official validation set; the others: " + unknown,
      here: entries.map(([role, domain]) => `${role}: ${count(domain.testImages)}`).join("; "),
      why: "The data set’s test split, used once by each probe.",
    },
    ...(samples.length === 0 ? [] : [{
      what: "Corruptions",
      paper:
        `Salt & Pepper with probability 0.01; Downsample by 2 and 4 and back; JPEG quality, size of Resize, kernels: ${unknown}`,
      here: listing([...new Set(samples.map(({ corruption }) => corruptionTitle(corruption)))]),
      why:
        "Downsampling is relative to the size at which images are stored, so it means the same at every scale.",
    }]),
  ];
}

function trainingDifferences(
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

function linearDifference(
  settings: StudyResults["scale"]["linear"],
): Pick<Difference, "here" | "why"> {
  if ("penalties" in settings) {
    return {
      here: `multinomial logistic regression to convergence; penalty chosen on ${
        100 * settings.heldOut
      } % of the labels, held out, from ${
        listing(settings.penalties.map(String))
      }, and beyond these while the outermost is the best, within ${settings.penaltyLimits[0]} to ${
        settings.penaltyLimits[1]
      }`,
      why: "It has a single solution, which depends on no learning rate or augmentation.",
    };
  }
  return {
    here: `SimCLR's own: ${settings.epochs} epochs of gradient descent on features extracted once`,
    why: "At this size, running to convergence would take longer than training the network.",
  };
}

function judgingDifferences(
  { scale, seeds, rows, domains, pictures }: StudyResults,
): readonly Difference[] {
  return [
    {
      what: "Linear probe",
      paper: `one linear layer on frozen features; settings: ${unknown}`,
      ...linearDifference(scale.linear),
    },
    ...rows.some(({ method }) => method.includes("&"))
      ? [{
        what: "Fused features",
        paper: `features concatenated; scaling: ${unknown}`,
        here: "each dimension standardised, each encoder given the same weight",
        why: "Otherwise the encoder with larger or more features would dominate.",
      }]
      : [],
    ...new Set(rows.map(({ labels }) => labels)).size > domains.size
      ? [{
        what: "Fewer labels",
        paper: `subsets of the labelled images; how drawn: ${unknown}`,
        here: "drawn at random by the seed; a smaller subset lies within every larger one",
        why: "A difference between label counts is then not one between two draws.",
      }]
      : [],
    ...pictures.samples.length > 0
      ? [{
        what: "Pretraining images for the corruptions",
        paper: unknown,
        here: "the size 500k, clean and corrupted",
        why: "Half the cost; both sides of each difference use the same images.",
      }]
      : [],
    {
      what: "Seeds",
      paper: "not stated; no error bars",
      here: `${plural(seeds, "seed")}; one network per seed and condition`,
      why:
        "A seed sets the initial weights, the order, the views and the subset drawn. --seeds runs more.",
    },
  ];
}

function networkTitle(network: Network): string {
  if (network.family !== "resnet") return networkName(network);
  const { block, blocks, width, stem } = network;
  const start = stem === "small" ? "3×3 first layer" : "7×7 first layer and pooling";
  return `ResNet of ${block} blocks ${blocks.join("-")}, width ${width}, ${start}`;
}
