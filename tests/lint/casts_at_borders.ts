import { castBorders, pathInProject } from "@/tests/lint/borders.ts";

/**
 * Types are told to the compiler, not forced on it: no `as any`, no `as never`, and no `as unknown as` in the program, but in the
 * files where foreign values enter. Tests may give a part for the whole.
 */
export const castsAtBorders: Deno.lint.Rule = {
  create(context) {
    const path = pathInProject(context.filename);
    if (path.startsWith("tests/") || path in castBorders) return {};
    return {
      TSAsExpression(node) {
        const { typeAnnotation: to, expression } = node;
        const isForced = to.type === "TSAnyKeyword" || to.type === "TSNeverKeyword" ||
          (expression.type === "TSAsExpression" &&
            expression.typeAnnotation.type === "TSUnknownKeyword");
        if (!isForced) return;
        context.report({
          node,
          message: "Let the types agree, or name the file in tests/lint/borders.ts and why",
        });
      },
    };
  },
};
