import { count, type Html, listing, markup, plural, table } from "@/lib/report/mod.ts";
import { type StudyResults, unlabelledMethods, unstated as unknown } from "@/lib/results/mod.ts";
import type { Difference } from "@/reports/difference.ts";
import { corruptionTitle, methodName, paperName } from "@/reports/names.ts";
import { trainingDifferences } from "@/reports/training_differences.ts";

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
