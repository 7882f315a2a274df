import type { KnnSettings } from "@/dsl/scale.ts";
import { accuracyOf, chooseBest, type Tried } from "@/lib/probe/choose_best.ts";
import type { LinearShape } from "@/lib/probe/classify.ts";
import { balanceBlocks } from "@/lib/probe/fuse.ts";
import { holdOut } from "@/lib/probe/hold_out.ts";
import { type LabelledFeatures, takeRows } from "@/lib/probe/labelled_features.ts";
import { nearestNeighbours, type Neighbours } from "@/lib/probe/nearest_neighbours.ts";
import { applyScale, noScale } from "@/lib/probe/standardise_features.ts";

/** A probe's data and settings. */
export interface KnnProbe extends LinearShape {
  readonly train: LabelledFeatures;
  /** `features` `[count, dim]`, flat. */
  readonly test: { readonly features: Float32Array };
  /** Dimensions of each encoder's features, where they are fused; one block by default. */
  readonly blocks?: readonly number[];
  readonly settings: KnnSettings;
  readonly seed: number;
}

/** What the probe found. */
export interface KnnResult {
  /** The predicted class of each test image. */
  readonly predictions: Uint16Array;
  /** The number of neighbours chosen. */
  readonly neighbours: number;
  /** Accuracy on the held-out labels for each number of neighbours, fewest first. */
  readonly heldOutAccuracy: readonly { readonly neighbours: number; readonly accuracy: number }[];
}

/**
 * Weighted votes of the k most similar labelled images (Wu et al. 2018, section 3.4): a class has Σ exp(s / τ) over its
 * images among the k, where s is the cosine similarity.
 *
 * k is chosen by accuracy on held-out labels, the smaller of two equals; then all labelled images vote. Ties go to the
 * labelled image that comes first, and to the class whose nearest image is nearer.
 *
 * @throws {InputError} If there are fewer than two labelled images.
 */
export async function knnProbe(probe: KnnProbe): Promise<KnnResult> {
  const { train, dim, settings, seed } = probe;
  const scale = balanceBlocks(noScale(dim), {
    features: train.features,
    blocks: probe.blocks ?? [dim],
  });
  const all = { features: applyScale(train.features, scale), labels: train.labels };
  const { kept, heldOut } = holdOut(train.labels.length, { part: settings.heldOut, seed });
  const candidates = settings.neighbours.toSorted((a, b) => a - b);
  const judges = takeRows(all, { rows: heldOut, dim });
  const votes = await votesOf(
    { bank: takeRows(all, { rows: kept, dim }), queries: judges.features },
    { probe, counts: candidates },
  );
  const tried: Tried<number>[] = candidates.map((choice, i) => ({
    choice,
    accuracy: accuracyOf(votes[i]!, judges.labels),
  }));
  const { choice } = chooseBest(tried);
  const [predictions] = await votesOf(
    { bank: all, queries: applyScale(probe.test.features, scale) },
    { probe, counts: [choice] },
  );
  return {
    predictions: predictions!,
    neighbours: choice,
    heldOutAccuracy: tried.map(({ choice, accuracy }) => ({ neighbours: choice, accuracy })),
  };
}

/** The class that each query's neighbours vote for, for each number of neighbours. */
async function votesOf(
  on: { readonly bank: LabelledFeatures; readonly queries: Float32Array },
  by: { readonly probe: KnnProbe; readonly counts: readonly number[] },
): Promise<readonly Uint16Array[]> {
  const { dim, classes, settings } = by.probe;
  const nearest = await nearestNeighbours(on.bank.features, {
    queries: on.queries,
    dim,
    count: Math.max(...by.counts),
  });
  return by.counts.map((count) =>
    vote(nearest, { labels: on.bank.labels, classes, count, temperature: settings.temperature })
  );
}

function vote(
  { rows, similarities, count: width }: Neighbours,
  by: {
    readonly labels: Uint16Array;
    readonly classes: number;
    readonly count: number;
    readonly temperature: number;
  },
): Uint16Array {
  const count = Math.min(by.count, width);
  const votes = new Float64Array(by.classes);
  return Uint16Array.from({ length: rows.length / width }, (_, query) => {
    votes.fill(0);
    for (let i = query * width; i < query * width + count; i++) {
      // Of the distance to similarity 1, so that no temperature makes it overflow.
      votes[by.labels[rows[i]!]!]! += Math.exp((similarities[i]! - 1) / by.temperature);
    }
    let best = by.labels[rows[query * width]!]!;
    for (let i = query * width; i < query * width + count; i++) {
      const label = by.labels[rows[i]!]!;
      if (votes[label]! > votes[best]!) best = label;
    }
    return best;
  });
}
