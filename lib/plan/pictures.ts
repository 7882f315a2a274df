import type { Augmentation, Condition, Method, Role } from "@/dsl/mod.ts";
import type { Builder } from "@/lib/plan/builder.ts";
import { comparedMethods } from "@/lib/plan/kinds/neighbours.ts";
import type { PlannedCondition } from "@/lib/plan/planned_condition.ts";

/** What a report shows of the images themselves, and the step that draws it. */
export interface Pictures {
  /** Contact sheets of each role in use. */
  readonly sheets: readonly { readonly role: Role; readonly key: string }[];
  /** Views of each role that is pretrained on, for each way in which methods make them. */
  readonly views: readonly {
    readonly role: Role;
    readonly methods: readonly Method[];
    readonly key: string;
  }[];
  /** Test images and their nearest training images, by the features of encoders of the very domain. */
  readonly neighbours: readonly { readonly role: Role; readonly key: string }[];
}

/** Adds the steps that draw the pictures of a study; no result rests on them. */
export function addPictures(
  { add, ingest, steps }: Builder,
  planned: readonly PlannedCondition[],
): Pictures {
  const conditions = planned.map(({ condition }) => condition);
  const roles = new Map<Role, number>();
  for (const { probe, encoders, pixels } of conditions) {
    for (const { role } of [probe.labels, ...encoders.flatMap((one) => one.sources)]) {
      roles.set(role, Math.max(pixels, roles.get(role) ?? 0));
    }
  }
  const sheets = [...roles].map(([role, pixels]) => ({
    role,
    key: add(
      { kind: "sheet", spec: { rows: 6, columns: 12 }, needs: { images: ingest(role, pixels) } },
      `contact sheet of ${role}`,
    ),
  }));

  const augmented = Map.groupBy(
    augmentationsOf(conditions),
    ({ role, augmentation }) => JSON.stringify([role, augmentation]),
  );
  const views = [...augmented.values()].map((same) => {
    const { role, augmentation } = same[0]!;
    const methods = [...new Set(same.map(({ method }) => method))];
    const spec = { augmentation, images: 3, views: 6 };
    const needs = { images: ingest(role, roles.get(role)!) };
    const label = `views of ${role} for ${methods.join(", ")}`;
    return { role, methods, key: add({ kind: "views", spec, needs }, label) };
  });

  const found = Map.groupBy(
    planned.filter(({ condition }) => isOfItsOwnDomain(condition)),
    ({ condition }) => condition.probe.labels.role,
  );
  const neighbours = [...found].map(([role, some]) => {
    const features = Object.fromEntries(comparedMethods.flatMap((method) => {
      const best = largest(some, method);
      return best === undefined ? [] : [[method, steps.get(best.probe)!.needs.features!]];
    }));
    const needs = { images: ingest(role, roles.get(role)!), ...features };
    const spec = { queries: 6, neighbours: 6 };
    return { role, key: add({ kind: "neighbours", spec, needs }, `nearest neighbours in ${role}`) };
  });
  return { sheets, views, neighbours };
}

interface Augmented {
  readonly role: Role;
  readonly method: Method;
  readonly augmentation: Augmentation;
}

function augmentationsOf(conditions: readonly Condition[]): readonly Augmented[] {
  return conditions.flatMap(({ encoders }) =>
    encoders.flatMap(({ method, sources, training }) =>
      training === null
        ? []
        : sources.flatMap(({ role }) =>
          training.views.map(({ augmentation }) => ({ role, method, augmentation }))
        )
    )
  );
}

/** Whether features of a single encoder of a compared method, from clean images of the domain, are probed on it. */
function isOfItsOwnDomain({ probe, encoders: [encoder, ...more] }: Condition): boolean {
  if (encoder === undefined || more.length > 0) return false;
  if (!comparedMethods.some((method) => method === encoder.method)) return false;
  const [source, ...pooled] = encoder.sources;
  return pooled.length === 0 && source?.role === probe.labels.role &&
    (probe.kind === "linear" || probe.kind === "knn") &&
    [encoder.corruption, probe.corruption].every(({ kind }) => kind === "clean");
}

/** The condition whose encoder saw most images, of the lowest seed; the first of equals. */
function largest(
  planned: readonly PlannedCondition[],
  method: Method,
): PlannedCondition | undefined {
  const imagesOf = ({ condition }: PlannedCondition) =>
    condition.encoders[0]!.sources[0]!.images ?? Infinity;
  return planned
    .filter(({ condition }) => condition.encoders[0]!.method === method)
    .toSorted((a, b) =>
      a.condition.seed - b.condition.seed || Number(imagesOf(b) > imagesOf(a)) -
        Number(imagesOf(a) > imagesOf(b))
    )[0];
}
