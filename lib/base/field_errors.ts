import type * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";

/** Fields that a person wrote, and what they may be. */
export interface Fields {
  /** Their values as they were written. */
  readonly value: object;
  /** The names that there are. */
  readonly names: readonly string[];
  /** What has them, as in `the data set "cifar10"`. */
  readonly owner: string;
  /** The place of a field, for messages. */
  placeOf(field: string): string;
  /** What a field takes, as a remedy, where there is more to say than the schema has. */
  remedyOf(field: string): string | undefined;
}

/** What a schema found wrong with fields, a sentence each. */
export function fieldErrors(
  issues: readonly z.core.$ZodIssue[],
  fields: Fields,
): readonly InputError[] {
  const names = fields.names.join(", ");
  const unknown = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((field) => ({ field, hint: didYouMean(field, fields.names) }))
      : []
  );
  const others = issues.filter((issue) => issue.code !== "unrecognized_keys");
  // A misspelt field is why another is missing.
  const isMisspelt = (name: string) =>
    !Object.hasOwn(fields.value, name) && unknown.some(({ hint }) => hint.includes(`"${name}"`));
  return [
    ...unknown.map(({ field, hint }) =>
      new InputError(
        fields.placeOf(field),
        `the field "${field}" is unknown for ${fields.owner}`,
        `${hint}${hint === "" ? "Remove" : "Correct"} it; the fields are ${names}`,
      )
    ),
    ...new Map(
      others.filter(({ path }) => !isMisspelt(String(path[0])))
        .map((issue) => valueError(issue, fields))
        // A list may be wrong in many places, and is told of once.
        .map((error) => [error.message, error]),
    ).values(),
  ];
}

/** A field that is missing, or whose value is wrong. */
function valueError(issue: z.core.$ZodIssue, fields: Fields): InputError {
  const field = String(issue.path[0]);
  const current = Object.entries(fields.value).find(([name]) => name === field)?.[1];
  return new InputError(
    fields.placeOf(field),
    current === undefined ? "the field is missing" : `the value is ${JSON.stringify(current)}`,
    fields.remedyOf(field) ??
      (issue.code === "invalid_value"
        ? `${didYouMean(String(current), issue.values.map(String))}Use one of ${
          issue.values.join(", ")
        }`
        : `Mend it (${issue.message}); the fields are ${fields.names.join(", ")}`),
  );
}
