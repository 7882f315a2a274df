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

// Elements that hold words and no blocks, and the blocks (HTML, content models); parts of pictures are neither.
const ofWords = new Set(
  "p h1 h2 h3 h4 h5 h6 span strong em small code q summary pre dt".split(" "),
);
const blocks = new Set(
  "address article details div dl figure footer h1 h2 h3 h4 h5 h6 header li main nav ol p pre section table ul"
    .split(" "),
);

/** What a tag may not stand in. */
function misplaced(name: string, open: readonly string[]): string | undefined {
  if (name === "a") return open.find((one) => one === "a");
  if (name === "li") return ["ul", "ol"].includes(open.at(-1)!) ? undefined : open.at(-1);
  if (!blocks.has(name)) return undefined;
  return open.find((one) => ofWords.has(one) && !(one === "summary" && /^h\d$/.test(name)));
}

/** A start tag of a page: its name and its attributes. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * Reads a page's tags, which must be balanced and stand where they may.
 *
 * @throws {Error} If one is closed that is not open, left open, or stands in what cannot hold it, or an id occurs twice.
 */
export function readTags(page: string): readonly Tag[] {
  const text = page
    .replace(/^<!DOCTYPE html>/, "")
    .replace(/(<(script|style)[^>]*>)[\s\S]*?(<\/\2>)/g, "$1$3");
  const open: string[] = [];
  const tags: Tag[] = [];
  const ids = new Set<string>();
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
    const wrong = misplaced(name!, open);
    if (wrong !== undefined) throw new Error(`<${name}> stands in <${wrong}>`);
    const id = attributes.get("id");
    if (id !== undefined && ids.has(id)) throw new Error(`the id ${id} occurs twice`);
    if (id !== undefined) ids.add(id);
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
