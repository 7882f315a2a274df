import { pathInProject, plainErrors } from "@/tests/lint/borders.ts";

// Where what is wrong is the user's to mend.
const userRooms = /^(dsl|experiments|lib\/(cli|plan|data))\//;

/**
 * An `InputError` is read as "place: problem. Remedy": the place is a name, the problem goes on after the colon, and the remedy is
 * a sentence whose full stop nobody writes. In rooms that read what the user gave, nothing else than one is thrown as plain `Error`.
 */
export const errorMessages: Deno.lint.Rule = {
  create(context) {
    const path = pathInProject(context.filename);
    const isUsers = userRooms.test(path) && !plainErrors.includes(path);
    return {
      NewExpression(node) {
        if (node.callee.type !== "Identifier" || node.callee.name !== "InputError") return;
        for (const [i, part] of parts.entries()) {
          const given = node.arguments[i];
          const wrong = given && endsOf(given).map(part).find((one) => one !== null);
          if (wrong) context.report({ node: given, message: wrong });
        }
      },
      ThrowStatement({ argument }) {
        if (!isUsers || argument.type !== "NewExpression") return;
        if (argument.callee.type !== "Identifier" || argument.callee.name !== "Error") return;
        context.report({
          node: argument,
          message: "Throw an InputError, or a RangeError or TypeError for a mistake of the caller",
        });
      },
    };
  },
};

/** How a text begins and ends, as far as it is written out. */
interface Ends {
  readonly first: string | undefined;
  readonly last: string | undefined;
}

/** What is wrong with the place, the problem and the remedy. */
const parts: readonly ((ends: Ends) => string | null)[] = [
  ({ first, last }) => isBlank({ first, last }) ? "Name the place" : stopped("place", last),
  ({ first, last }) => {
    if (isBlank({ first, last })) return "Say what is wrong";
    // A proper name, as TensorFlow, has another capital or stands before something else than a word.
    return /^[A-Z][a-z]* [a-z]/.test(first ?? "")
      ? "Let the problem go on after the colon, without a capital"
      : stopped("problem", last);
  },
  ({ first, last }) => {
    if (isBlank({ first, last })) return "Say what to do";
    return /^[a-z]/.test(first ?? "") && !/^(deno|pip) /.test(first!)
      ? "Begin the remedy with a capital: it is a sentence"
      : stopped("remedy", last);
  },
];

function isBlank({ first, last }: Ends): boolean {
  return first?.trim() === "" && last?.trim() === "";
}

function stopped(part: string, last: string | undefined): string | null {
  return /[.!?:;,\s]$/.test(last ?? "")
    ? `Leave out what ends the ${part}: the message sets its own stops`
    : null;
}

/** The ends of each text that an expression may be. */
function endsOf(node: Deno.lint.Node): readonly Ends[] {
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? [{ first: node.value, last: node.value }] : [];
    case "TemplateLiteral": {
      const texts = node.quasis.map(({ cooked }) => cooked);
      if (texts.length === 1) return [{ first: texts[0], last: texts[0] }];
      // What begins or ends with a value tells nothing of that end.
      return [{ first: texts[0] || undefined, last: texts.at(-1) || undefined }];
    }
    case "ConditionalExpression":
      return [...endsOf(node.consequent), ...endsOf(node.alternate)];
    case "BinaryExpression": {
      const left = endsOf(node.left), right = endsOf(node.right);
      const firsts = left.map(({ first }) => ({ first, last: undefined }));
      return [...firsts, ...right.map(({ last }) => ({ first: undefined, last }))];
    }
    default:
      return [];
  }
}
