import { type CsvLine, csvLink } from "@/lib/report/csv_link.ts";
import { type Cited, type Content, type Html, markup } from "@/lib/report/html.ts";

/** A figure or table of the page with all that belongs to it. */
export interface ExhibitParts extends Cited {
  readonly content: Content;
  /** The numbers that it shows. */
  readonly data: readonly CsvLine[];
}

/** A figure or table under its heading, with a link to it, its citation, and its numbers to save. */
export function exhibit({ id, title, content, data }: ExhibitParts): Html {
  return markup`<div class="exhibit" id="${id}"><h3>${title} ${citing({ id, title })} ${
    data.length > 0 && csvLink(`${id}.csv`, data)
  }</h3>
${content}</div>
`;
}

/** A link to a part of the page that can be copied, and one to its citation. */
export function citing(cited: Cited): Html {
  const { id, title } = cited;
  return {
    ...markup`<span class="tools"><a href="#${id}" aria-label="Link to: ${title}">#</a> <a href="#${
      citationId(id)
    }" aria-label="Cite: ${title}">cite</a></span>`,
    cited: [cited],
  };
}

/** The id of the citation of a part of the page. */
export function citationId(id: string): string {
  return `cite-${id}`;
}
