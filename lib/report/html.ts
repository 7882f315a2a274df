/** A chart that the page's script draws anew, so that it answers to the pointer. */
export interface LiveChart {
  /** The id of the picture whose place it takes. */
  readonly id: string;
  /** A vega specification. */
  readonly spec: object;
}

/** A figure or claim of the page that can be linked to and cited. */
export interface Cited {
  /** Its id in the page. */
  readonly id: string;
  readonly title: string;
}

/** Text that is markup already and needs no escaping. */
export interface Html {
  readonly markup: string;
  /** Those of its pictures that can be drawn anew, in their order; they travel along into the page. */
  readonly charts: readonly LiveChart[];
  /** What of it can be cited, in order; it travels along into the page's list of citations. */
  readonly cited: readonly Cited[];
}

/** What may stand in a template: text is escaped, lists are joined, nothing is left out. */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

/**
 * Markup from a template; every text put into it is escaped, in an attribute too if that is quoted. Under the name
 * `html` the formatter would rewrite its white space.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { markup } from "@/lib/report/html.ts";
 *
 * const made = markup`<p title="${'"'}">${"a < b"}</p>`;
 * assert.equal(made.markup, '<p title="&quot;">a &lt; b</p>');
 * ```
 */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return {
    markup: strings.map((text, i) => i === 0 ? text : write(values[i - 1]) + text).join(""),
    charts: carried(values, (html) => html.charts),
    cited: carried(values, (html) => html.cited),
  };
}

/** Markup that comes from elsewhere, as it is. */
export function raw(markup: string, charts: readonly LiveChart[] = []): Html {
  return { markup, charts, cited: [] };
}

/** A text as it may stand between tags or in a quoted attribute. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign]!);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What the parts of a template carry along. */
function carried<T>(value: Content, of: (html: Html) => readonly T[]): readonly T[] {
  if (typeof value !== "object" || value === null) return [];
  if ("markup" in value) return of(value);
  return value.flatMap((one) => carried(one, of));
}

function write(value: Content): string {
  if (value === null || value === undefined || value === false) return "";
  if (typeof value === "string") return escape(value);
  if (typeof value === "number") return String(value);
  if ("markup" in value) return value.markup;
  return value.map(write).join("");
}
