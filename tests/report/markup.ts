const empty = new Set([
  "meta",
  "link",
  "br",
  "img",
  "hr",
  "input",
  "col",
  "area",
  "base",
  "source",
  "wbr",
]);

/** A start tag of a page: its name and its attributes. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * Reads a page's tags, which must be balanced.
 *
 * @throws {Error} If one is closed that is not open, or left open.
 */
export function readTags(page: string): readonly Tag[] {
  const text = page
    .replace(/^<!DOCTYPE html>/, "")
    .replace(/(<(script|style)[^>]*>)[\s\S]*?(<\/\2>)/g, "$1$3");
  const open: string[] = [];
  const tags: Tag[] = [];
  for (
    const [, end, name, rest, closed] of text.matchAll(
      /<(\/?)([a-zA-Z0-9]+)((?:"[^"]*"|[^">])*?)(\/?)>/g,
    )
  ) {
    if (end === "/") {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last}>`);
      continue;
    }
    const attributes = new Map(
      [...rest!.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, key, value]) => [key!, value ?? ""]),
    );
    tags.push({ name: name!, attributes });
    if (closed !== "/" && !empty.has(name!)) open.push(name!);
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(", ")}`);
  return tags;
}

/** Every place from which a browser would fetch something that is not in the page. */
export function fetches(page: string): readonly string[] {
  const attributes = readTags(page).flatMap((tag) =>
    ["src", "href", "srcset", "poster", "data", "action", "xlink:href"]
      .map((name) => tag.attributes.get(name)).filter((value) => value !== undefined)
  ).filter((value) => !/^(data:|#)/.test(value));
  const styles = [...page.matchAll(/@import[^;]*|url\((?!["']?(?:#|data:))[^)]*\)/g)].map((
    [text],
  ) => text);
  const scripts = [...page.matchAll(/\b(?:fetch|import|XMLHttpRequest|WebSocket)\s*\(/g)].map((
    [text],
  ) => text);
  return [...attributes, ...styles, ...scripts];
}
