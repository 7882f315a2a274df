const AS_PATH =
  "Use import.meta.dirname or import.meta.filename: an address escapes what a path does not";
const PLACES: readonly string[] = ["dirname", "filename", "main"];

/**
 * No file is named by an address (`file:///my%20study`), only by its path
 * (`/my study`), because the two differ as soon as a folder's name has a space, an accent, `#`, `%` or `?`.
 *
 * Addresses of files have few sources, and the rule closes those: `import.meta.url`, `Deno.mainModule`, `file:` written
 * out, and `import.meta.resolve()` and `pathToFileURL()`, whose results must be turned at once, one into a path and the other into the text of
 * an address. What is left are addresses of the network, whose `pathname` is as good as any text.
 */
export const pathsNotUrls: Deno.lint.Rule = {
  create(context) {
    const report = (node: Deno.lint.Node, message: string) => context.report({ node, message });
    return {
      MemberExpression(node) {
        const name = nameOf(node);
        if (isImportMeta(node.object)) {
          if (name === "resolve") {
            if (!isTurned(node.parent)) {
              report(node, "Give what it resolves to fileURLToPath() at once");
            }
          } else if (name === undefined || !PLACES.includes(name)) report(node, AS_PATH);
        } else if (isName(node.object, "Deno") && name === "mainModule") report(node, AS_PATH);
      },
      MetaProperty(node) {
        const { parent } = node;
        const read = parent.type === "MemberExpression" && parent.object === node;
        if (!read) report(node, AS_PATH);
      },
      CallExpression(node) {
        if (!isName(node.callee, "pathToFileURL")) return;
        const { parent } = node;
        if (parent.type !== "MemberExpression" || nameOf(parent) !== "href") {
          report(node, "Read its href at once: nothing but the text of an address is needed");
        }
      },
      Literal(node) {
        if (typeof node.value === "string" && isFileAddress(node.value)) {
          report(node, "Use pathToFileURL(path).href: a path must be escaped in an address");
        }
      },
      TemplateLiteral(node) {
        if (isFileAddress(node.quasis[0]?.cooked ?? "")) {
          report(node, "Use pathToFileURL(path).href: a path must be escaped in an address");
        }
      },
    };
  },
};

/** The name of the member that is read, where it is written out. */
function nameOf({ property, computed }: Deno.lint.MemberExpression): string | undefined {
  if (!computed && property.type === "Identifier") return property.name;
  return property.type === "Literal" ? String(property.value) : undefined;
}

function isName(node: Deno.lint.Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

function isImportMeta(node: Deno.lint.Node): boolean {
  return node.type === "MetaProperty" && isName(node.meta, "import");
}

/** Whether a call is an argument of `fileURLToPath()`. */
function isTurned(call: Deno.lint.Node): boolean {
  if (call.type !== "CallExpression") return false;
  const { parent } = call;
  return parent.type === "CallExpression" && isName(parent.callee, "fileURLToPath") &&
    parent.arguments.some((one) => one === call);
}

function isFileAddress(text: string): boolean {
  return /^file:\//i.test(text.trimStart());
}
