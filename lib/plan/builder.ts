import type { Amount, ClassAmount, Method, Role } from "@/dsl/mod.ts";
import { type Domains, usesUnlabelled } from "@/lib/plan/domains.ts";
import type { StepKind } from "@/lib/plan/kinds/mod.ts";
import { makeStep, type Recipe, type Step } from "@/lib/plan/step.ts";

/** Where a condition is worked. */
export interface At {
  /** Side of the images. */
  readonly pixels: number;
  readonly seed: number;
  /** The scale, where the trial names it. */
  readonly scale: string | null;
}

/** Collects steps, each distinct one once, and makes those that many others need. Each call returns a key. */
export interface Builder {
  /** By key, each after all that it needs. */
  readonly steps: ReadonlyMap<string, Step>;
  /** A step of this recipe; where there is one already, its label stays, because the work is the same. */
  add<K extends StepKind>(recipe: Recipe<K>, label: string): string;
  /** All images of a role's data set. */
  ingest(role: Role, pixels: number): string;
  /** The numbers of some of its training images, or of those that a method may pretrain on. */
  subset(amount: Amount | ClassAmount, at: At & { readonly method?: Method }): string;
}

/** A builder without a step. */
export function makeBuilder(domains: Domains): Builder {
  const steps = new Map<string, Step>();
  const add: Builder["add"] = (recipe, label) => {
    const step = makeStep(recipe, label);
    if (!steps.has(step.key)) steps.set(step.key, step as Step);
    return step.key;
  };
  // A key takes a hash to make, and every condition asks for these.
  const made = new Map<string, string>();
  const once = (asked: readonly unknown[], make: () => string): string => {
    const id = JSON.stringify(asked), key = made.get(id) ?? make();
    made.set(id, key);
    return key;
  };
  const ingest: Builder["ingest"] = (role, pixels) =>
    once([role, pixels], () => {
      const { id, dataset: form } = domains.get(role)!;
      const spec = { dataset: id, form, pixels };
      return add({ kind: "ingest", spec, needs: {} }, `${role} at ${pixels} px`);
    });
  const subset: Builder["subset"] = (amount, { method = "supervised", ...at }) => {
    const { pixels, seed } = at;
    if ("perClass" in amount) {
      return once([amount.role, amount.size, pixels, seed], () => {
        const spec = { perClass: amount.perClass, seed },
          needs = { images: ingest(amount.role, pixels) };
        return add({ kind: "subset", spec, needs }, `${amountName(amount)}${whenOf(at)}`);
      });
    }
    const unlabelled = usesUnlabelled(method, domains.get(amount.role)!);
    return once([amount.role, amount.images, unlabelled, pixels, seed], () => {
      const images = ingest(amount.role, pixels);
      // All images are the same images at every seed; ingest may yet skip a broken one, so they are not counted here.
      const drawn = amount.images === null ? { size: null } : { size: amount.images, seed };
      const spec = unlabelled ? { ...drawn, unlabelled } : drawn;
      const label = `${amountName(amount)}${unlabelled ? " with unlabelled" : ""}${whenOf(at)}`;
      return add({ kind: "subset", spec, needs: { images } }, label);
    });
  };
  return { steps, add, ingest, subset };
}

/** An amount in the paper's words: "species (250k)". */
export function amountName({ role, size }: Amount | ClassAmount): string {
  return `${role} (${size})`;
}

/** The end of a label, which tells what is done at one scale and seed from the same at another. */
export function whenOf({ scale, seed }: Pick<At, "scale" | "seed">): string {
  return `${scale === null ? "" : `, scale ${scale}`}, seed ${seed}`;
}
