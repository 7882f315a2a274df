import { type Content, type Html, markup, raw } from "@/lib/report/html.ts";
import { liveCharts } from "@/lib/report/live_charts.ts";
import { style } from "@/lib/report/style.ts";

/** What a page is made of. */
export interface PageParts {
  readonly title: string;
  readonly description: string;
  /** What stands above the sections: title, answer, list of contents. */
  readonly header: Content;
  readonly sections: Content;
  readonly footer: Content;
}

// A link into a closed <details> opens it; browsers differ in whether they do so by themselves.
const script = `
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  target.scrollIntoView({ block: "center" });
};
addEventListener("hashchange", reveal);
reveal();
`;

/** A whole page that needs nothing beside itself: no file, no network. */
export function page({ title, description, header, sections, footer }: PageParts): string {
  const body = markup`<header class="page">${header}</header>
<main id="content" class="page" tabindex="-1">${sections}</main>
<footer class="page">${footer}</footer>
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
${body}<script>${raw(script)}</script>
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
