import { isDeepStrictEqual } from "node:util";
import { type Condition, expand, type Experiment, type Role, scaleOf } from "@/dsl/mod.ts";
import type { Loaded } from "@/dsl/load.ts";
import { InputError, refuse, refusingTogether } from "@/lib/base/errors.ts";
import { folderOf } from "@/lib/cli/experiments.ts";
import { bind, bindDeclared, type Binding, type BindOptions } from "@/lib/data/mod.ts";

/** The roles whose images conditions train on or probe, each once. */
export function rolesOf(conditions: readonly Condition[]): readonly Role[] {
  return [
    ...new Set(conditions.flatMap(({ probe, encoders }) => [
      probe.labels.role,
      ...encoders.flatMap((encoder) => encoder.sources.map((source) => source.role)),
    ])),
  ];
}

/** The roles that experiments use. */
export function usedRoles(experiments: readonly Experiment[]): readonly Role[] {
  // Which roles these are does not depend on scale and seeds.
  return rolesOf(
    experiments.flatMap((one) => expand(one, scaleOf("smoke"), { seeds: 1, beyond: true })),
  );
}

/**
 * The bindings in force: those of the data file, and beside them those that experiments bring, and the built-in worlds.
 *
 * @param file The data file, if there is one.
 * @param options `roles`: those that the file may bind; any by default.
 * @throws {InputError | InputErrors} If bindings are wrong, or two experiments bring different ones for a role.
 */
export async function boundRoles(
  declared: Loaded,
  file: string | undefined,
  options: BindOptions = {},
): Promise<Readonly<Record<string, Binding>>> {
  let bound: Readonly<Record<string, Binding>> = {};
  const brought = new Map<string, { readonly binding: Binding; readonly place: string }>();
  const bringing = declared.experiments.map((one) => async () => {
    const place = declared.places.get(one)?.() ?? one.id;
    const own = await bindDeclared(one.data ?? {}, { base: folderOf(declared, one), place });
    refuse(
      Object.entries(own).flatMap(([role, binding]) => {
        const other = brought.get(role);
        brought.set(role, { binding, place });
        if (other === undefined || isDeepStrictEqual(other.binding, binding)) return [];
        return [
          new InputError(
            `${place}: data.${role}`,
            `${other.place} binds this role to another data set`,
            "Use two roles, or bind this one in data.yaml, which overrides both",
          ),
        ];
      }),
    );
  });
  const binding = async () => {
    bound = await bind(file, options);
  };
  await refusingTogether([binding, ...bringing]);
  return {
    ...Object.fromEntries([...brought].map(([role, { binding }]) => [role, binding])),
    ...bound,
  };
}

/**
 * What to know of a role that is bound to the same data set as others, since numbers of one are those of all.
 *
 * @param bindings Those of the roles in question.
 */
export function boundAlike(
  role: string,
  bindings: Iterable<readonly [string, Binding]>,
): readonly string[] {
  const all = [...bindings].map(([name, binding]) => ({ name, text: JSON.stringify(binding) }));
  const own = all.find(({ name }) => name === role)?.text;
  const others = all.filter(({ name, text }) => name !== role && text === own)
    .map(({ name }) => name);
  return others.length === 0 ? [] : [
    `it is the data set of ${
      others.join(" and ")
    } too: what is trained on one is trained on the other`,
  ];
}
