import { canonicalJson, type Json } from "@/lib/base/canonical_json.ts";

/** A field that two values have differently; a side that lacks it is absent. */
export interface Difference {
  /** `training.learningRate`; empty where the values themselves are no records. */
  readonly path: string;
  readonly was?: Json;
  readonly is?: Json;
}

/** Every field in which two JSON values differ, in the order of their names; a list is one field. */
export function differencesOf(was: Json | undefined, is: Json | undefined): readonly Difference[] {
  return [...compare("", was, is)];
}

function* compare(
  path: string,
  was: Json | undefined,
  is: Json | undefined,
): Generator<Difference> {
  if (isRecord(was) && isRecord(is)) {
    for (const name of [...new Set([...Object.keys(was), ...Object.keys(is)])].sort()) {
      yield* compare(path === "" ? name : `${path}.${name}`, was[name], is[name]);
    }
  } else if (was === undefined || is === undefined || canonicalJson(was) !== canonicalJson(is)) {
    if (was === is) return;
    yield { path, ...was !== undefined && { was }, ...is !== undefined && { is } };
  }
}

function isRecord(value: Json | undefined): value is { readonly [name: string]: Json | undefined } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
