import { type Content, type Html, markup, raw } from "@/lib/report/html.ts";
import { liveCharts } from "@/lib/report/live_charts.ts";
import { searchField, searchScript } from "@/lib/report/search.ts";
import { style } from "@/lib/report/style.ts";

/** What a page is made of. */
export interface PageParts {
  readonly title: string;
  readonly description: string;
  /** What the list of contents leads to, in order. */
  readonly contents: readonly { readonly id: string; readonly title: string }[];
  /** What stands above the sections: title and answer. */
  readonly header: Content;
  readonly sections: Content;
  readonly footer: Content;
}

// A link into a closed <details> opens it; browsers differ in whether they do so by themselves. Print opens all of them, and
// closes them again. The contents fold away where a choice was made in them and they lie over the page.
const script = `
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  target.scrollIntoView({ block: "center" });
};
addEventListener("hashchange", reveal);
reveal();
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("main details:not([open])")];
  for (const one of opened) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
});
const contents = document.querySelector(".toc details");
contents.addEventListener("click", ({ target }) => {
  if (target.closest("a")) contents.open = false;
});
`;

/** A whole page that needs nothing beside itself: no file, no network. */
export function page(
  { title, description, contents, header, sections, footer }: PageParts,
): string {
  const links = contents.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`);
  const body =
    markup`<nav class="toc" aria-label="Contents">${searchField}<details><summary>Contents</summary>
<ol>${links}</ol></details></nav>
<div class="body">
<header class="page">${header}</header>
<main id="content" class="page" tabindex="-1">${sections}</main>
<footer class="page">${footer}</footer>
</div>
`;
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${description}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the results</a>
${body}<script>${raw(script)}${raw(searchScript)}</script>
${liveCharts(body.charts)}</body>
</html>
`.markup;
}

/** A part of the page with a heading of its own. */
export function section(id: string, title: string, content: Content): Html {
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>
`;
}
