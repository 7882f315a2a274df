/** The page's whole style: system fonts, light and dark by the reader's preference, and print. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: #1d2126; --muted: #5a626c; --faint: #e2e5e9; --ground: #fdfdfc; --raised: #f5f6f7;
  --accent: #1a5aa8; --own: #e6eff9; --good: #176b3f; --bad: #a3301f; --open: #7a5800;
  --mark: #fff3c4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e4e6e9; --muted: #a0a8b2; --faint: #343a42; --ground: #15181c; --raised: #1e2329;
    --accent: #85b6f0; --own: #1b2f47; --good: #6fcf9a; --bad: #f29382; --open: #e3c067;
    --mark: #4a4117;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
.page { max-width: 76rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 3rem); }
p { max-width: 44rem; }
p.note, ul.note { max-width: 60rem; font-size: 0.875rem; line-height: 1.5; margin: 0.75rem 0; }
header.page { padding-top: 1rem; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; letter-spacing: -0.01em; }
h1 { font-size: clamp(1.4rem, 1.1rem + 1vw, 1.75rem); font-weight: 650; margin: 0 0 0.35rem; }
h2 { font-size: clamp(1.4rem, 1.2rem + 0.8vw, 1.8rem); font-weight: 650; margin: 0 0 0.5rem; }
h3 { font-size: 1.1rem; font-weight: 650; margin: 2rem 0 0.5rem; }
main section { margin-top: 2rem; padding-top: 1.5rem; border-top: 1px solid var(--faint); }
a { color: var(--accent); text-underline-offset: 0.18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -999rem; top: 0.5rem; background: var(--ground); padding: 0.5rem 1rem; z-index: 1; }
.skip:focus { left: 1rem; }
.hidden {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.muted, figcaption, caption, .note { color: var(--muted); }
.kicker { color: var(--muted); margin: 0 0 0.25rem; font-size: 0.875rem; }
.question { font-size: 1.125rem; margin: 0 0 1rem; max-width: 60rem; }
.answer { margin: 0.75rem 0 0; padding: 0.75rem 1.25rem; background: var(--raised); border-left: 4px solid var(--accent); }
.answer h2 { font-size: 1rem; margin: 0 0 0.2rem; }
.answer p { margin: 0 0 0.4rem; max-width: 60rem; line-height: 1.45; font-size: 0.95rem; }
.answer p.muted { font-size: 0.8rem; }
.answer p:last-child { margin-bottom: 0; }
.advice dl { margin: 0.5rem 0 0.5rem; max-width: 60rem; font-size: 0.95rem; line-height: 1.45; }
.advice dl div { margin-bottom: 0.45rem; }
.advice dt { font-weight: 650; }
.advice dd { margin: 0; overflow-wrap: anywhere; }
@media (min-width: 48rem) {
  .advice dl div { display: grid; grid-template-columns: 12rem 1fr; gap: 1rem; }
}
.warning { margin: 0.5rem 0 0; padding: 0.4rem 0.75rem; border-left: 4px solid var(--bad); max-width: 60rem; font-size: 0.9rem; }
.outstanding { margin: 0.5rem 0 0; padding: 0.4rem 0.75rem; background: var(--mark); max-width: 60rem; font-size: 0.9rem; }
dl.facts { display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin: 0; font-size: 0.875rem; }
dl.facts div { display: flex; gap: 0.4rem; }
dl.facts dt { color: var(--muted); }
dl.facts dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }

.toc { background: var(--ground); font-size: 0.85rem; line-height: 1.35; z-index: 2; }
.toc details { margin: 0; }
.toc summary { padding: 0.6rem 0; }
.toc ol { list-style: none; margin: 0; padding: 0 0 0.75rem; }
.toc li a { display: block; padding: 0.3rem 0; text-decoration: none; }
.toc li a:hover { text-decoration: underline; }
.search input {
  width: 100%; font: inherit; font-size: 1rem; color: inherit; background: var(--raised);
  border: 1px solid var(--muted); border-radius: 4px; padding: 0.15rem 0.5rem;
}
.search input::placeholder { color: var(--muted); opacity: 1; }
.toc .found { position: fixed; z-index: 9; max-height: min(75vh, 40rem); overflow-y: auto; padding: 0.25rem 0.75rem; background: var(--raised); border: 1px solid var(--faint); border-radius: 4px; box-shadow: 0 2px 8px rgb(0 0 0 / 0.2); }
.found li + li { border-top: 1px solid var(--faint); }
.found li.muted { padding: 0.3rem 0; }
.found small { display: block; color: var(--muted); }
@media (max-width: 69.99rem) {
  .search { position: absolute; z-index: 1; top: 0.4rem; right: clamp(1rem, 4vw, 3rem); width: min(16rem, 52vw); }
  .toc .found { top: 3.1rem; left: clamp(1rem, 4vw, 3rem); right: clamp(1rem, 4vw, 3rem); }
  html { scroll-padding-top: 3.5rem; }
  .toc { position: sticky; top: 0; border-bottom: 1px solid var(--faint); padding: 0 clamp(1rem, 4vw, 3rem); }
  .toc details[open] { max-height: 80vh; overflow-y: auto; }
}
@media (min-width: 70rem) {
  body { display: grid; grid-template-columns: 12rem minmax(0, 1fr); }
  .toc { position: sticky; top: 0; align-self: start; height: 100vh; overflow-y: auto; padding: 0.75rem 0 0 1.25rem; border-right: 1px solid var(--faint); }
  .toc li a { padding-right: 0.75rem; }
  .search { margin: 0 0.75rem 0.75rem 0; }
  .toc .found { top: 3.25rem; left: 1.25rem; width: 30rem; }
  .body { min-width: 0; }
  .page { padding: 0 1.5rem; margin: 0; }
  @supports selector(::details-content) {
    .toc summary { display: none; }
    .toc details::details-content { content-visibility: visible; block-size: auto; }
  }
}
.exhibit { margin-top: 1.75rem; }
.exhibit > h3 { margin-top: 0; }
.tools, .csv { font-size: 0.78rem; font-weight: 400; letter-spacing: 0; white-space: nowrap; }
.tools a, a.csv { display: inline-block; min-width: 1.5rem; padding: 0.1rem 0.2rem; text-align: center; text-decoration: none; }
.tools a:hover, a.csv:hover { text-decoration: underline; }
.cites { font-size: 0.85rem; line-height: 1.45; padding-left: 1rem; overflow-wrap: anywhere; }
.cites li { margin-bottom: 0.6rem; }
.cites li:target { background: var(--mark); }

.scroll { position: relative; overflow-x: auto; margin: 1rem 0 0; max-width: 100%; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.95rem; }
caption { caption-side: bottom; text-align: left; padding-top: 0.75rem; font-size: 0.875rem; line-height: 1.5; }
figcaption { max-width: 52rem; }
caption > span { display: block; position: sticky; left: 0; width: max-content; max-width: min(60rem, 100vw - 2rem); }
th, td { padding: 0.55rem 0.9rem; text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; font-weight: 600; line-height: 1.3; }
tbody th { font-weight: 600; line-height: 1.35; }
tbody tr + tr > * { border-top: 1px solid var(--faint); }
tbody tr.apart > * { border-top: 2px solid var(--muted); }
th small { display: block; font-weight: 400; color: var(--muted); font-size: 0.8rem; }
td.number, th.number { text-align: right; white-space: nowrap; }
td .value { display: block; font-size: 1.1rem; line-height: 1.3; color: inherit; text-decoration-color: var(--faint); }
td.best .value { font-weight: 700; }
td.best .value::after { content: " ★"; font-size: 0.7em; vertical-align: 0.15em; color: var(--accent); }
td.number .value, td.number .interval, td.number .paper { white-space: nowrap; }
.interval { display: block; color: var(--muted); font-size: 0.8rem; line-height: 1.4; }
.paper { display: block; margin-top: 0.15rem; font-size: 0.8rem; line-height: 1.4; color: var(--accent); }
td.own { background: var(--own); }
.key { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; font-size: 0.85rem; color: var(--muted); margin: 1rem 0 0; padding: 0; list-style: none; }
.key .own { background: var(--own); padding: 0 0.4rem; color: var(--ink); }
.key .paper { display: inline; font-size: inherit; }
.star { color: var(--accent); }

figure { margin: 0; }
figcaption { font-size: 0.875rem; line-height: 1.5; margin-top: 0.5rem; }
figcaption strong { color: var(--ink); }
svg.chart text:not([font-size]) { font-size: 12px; }
svg.chart .edge { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 2; opacity: 0.7; }
svg.chart .theirs { stroke: var(--ink); stroke-width: 1.4; }
.live svg { display: block; max-width: 100%; height: auto; color: var(--ink); overflow: visible; }
.tip { position: fixed; z-index: 9; max-width: 20rem; padding: 0.4rem 0.6rem; font-size: 0.8rem; line-height: 1.4; pointer-events: none; color: var(--ink); background: var(--raised); border: 1px solid var(--faint); border-radius: 4px; box-shadow: 0 2px 8px rgb(0 0 0 / 0.2); }
.tip[hidden] { display: none; }
svg.chart { display: block; max-width: 100%; height: auto; color: var(--ink); overflow: visible; }
.wide svg { min-width: 46rem; }
@media screen { svg.chart.still { display: none; } }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 26rem)); gap: 2rem 3.5rem; margin-top: 1.25rem; }
@media (min-width: 70rem) {
  .columns { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0 1.5rem; }
  .columns .pair { grid-template-columns: minmax(0, 1fr); gap: 1rem; align-content: start; }
}
.gain { display: block; color: var(--muted); font-size: 0.8rem; }
.swatch { display: inline-block; width: 1.5rem; border-top: 3px solid; vertical-align: middle; margin-right: 0.4rem; }
.swatch.dashed { border-top-style: dashed; }
.alone { max-width: 40rem; margin-top: 1.25rem; }
.small-multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 12rem), 1fr)); gap: 1.5rem 1.5rem; margin-top: 1rem; }
.sheets { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 2rem 2.5rem; margin-top: 1.25rem; }
.sheets:has(> :only-child) { grid-template-columns: minmax(0, 40rem); }
.sheets img { width: 100%; max-width: 40rem; height: auto; display: block; border-radius: 3px; }

.verdict { display: block; min-width: 6.5rem; max-width: 9rem; font-weight: 600; line-height: 1.35; }
.verdict.good { color: var(--good); } .verdict.bad { color: var(--bad); } .verdict.open { color: var(--open); }
.verdict.none { color: var(--muted); font-weight: 400; }
.claims { width: 100%; }
.claims tbody th { font-weight: 400; min-width: 14rem; width: 55%; }
.claims td:nth-child(2) { min-width: 9.5rem; }
.claims th, .claims td { padding: 0.45rem 0.7rem; }
.contrasts { margin: 0; }
.claims details { margin: 0; }
.claims summary { font-weight: 400; font-size: 0.8rem; color: var(--muted); }
.claims svg.chart { min-width: 12rem; max-width: none; }
.verdicts { width: 100%; font-size: 0.765rem; line-height: 1.3; }
#verdicts .scroll { margin-top: 0.6rem; }
.verdicts th, .verdicts td { padding: 0.2rem 0.35rem; vertical-align: middle; }
.verdicts tbody th { font-weight: 400; }
.verdicts tbody th:has(> .claim-number) { padding-left: 1.95rem; text-indent: -1.6rem; }
.verdicts tbody th a { color: inherit; text-decoration-color: var(--faint); }
.verdicts thead small { display: inline; font-size: 0.7rem; white-space: nowrap; }
.verdicts .claim-number { display: inline-block; min-width: 1.3rem; text-indent: 0; color: var(--muted); font-variant-numeric: tabular-nums; }
.verdicts .verdict { min-width: 0; max-width: none; white-space: nowrap; }
.verdicts svg.chart { height: 1.125rem; width: 9.5rem; }
.verdicts .good svg { color: var(--good); } .verdicts .bad svg { color: var(--bad); }
.verdicts .open svg { color: var(--open); } .verdicts .none svg { color: var(--muted); }
.verdicts caption { font-size: 0.78rem; padding-top: 0.35rem; line-height: 1.4; }
.verdicts caption > span { max-width: min(60rem, 100vw - 2rem); }
@media (max-width: 46rem) {
  .verdicts { display: flex; flex-direction: column; }
  .verdicts caption { display: block; order: 1; }
  .verdicts tr { display: grid; grid-template-columns: 6.9rem minmax(0, 1fr) 3rem 2.9rem; align-items: center; padding: 0.25rem 0; }
  .verdicts thead { border-bottom: 2px solid var(--ink); }
  .verdicts thead th { border: 0; padding: 0 0.1rem; }
  .verdicts thead small { white-space: normal; line-height: 1.1; }
  .verdicts thead th:first-child { position: absolute; clip-path: inset(50%); }
  .verdicts tbody tr { border-top: 1px solid var(--faint); }
  .verdicts tbody tr > * { border: 0; padding: 0.05rem 0.1rem; }
  .verdicts tbody th { grid-column: 1 / -1; font-size: 0.85rem; }
  .verdicts tbody th:has(> .claim-number) { padding-left: 1.7rem; }
  .verdicts svg.chart { width: 100%; }
}
@media (min-width: 46.01rem) { .conditions tbody th { min-width: 16rem; } }
.differences td, .differences th { min-width: 9rem; max-width: 24rem; }

details { margin-top: 0.5rem; }
summary { cursor: pointer; font-weight: 600; padding: 0.25rem 0; font-size: 0.95rem; }
.settings th, .settings td { padding: 0.25rem 0.7rem; }
.settings tbody th { min-width: 14rem; }
.settings th.number { white-space: normal; }
.settings th code { overflow-wrap: anywhere; }
.origins { font-size: 0.85rem; }
.numbers td:nth-child(2), .numbers td:nth-child(4) { text-align: right; }
.numbers td:nth-child(n + 5), .steps td:nth-child(3), .steps td:nth-child(5) { font: 0.85em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
.origins th, .origins td { padding: 0.35rem 0.75rem; }
.origins tbody th { font-weight: 400; min-width: 14rem; }
code, pre, .hash { font: 0.85em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
pre { margin: 0.5rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.command { display: inline-block; background: var(--raised); padding: 0.1rem 0.5rem; overflow-wrap: anywhere; }
:target > td, :target > th, :target:is(h2, h3, h4, figcaption, summary) { background: var(--mark); }
.downloads { display: flex; flex-wrap: wrap; gap: 0.75rem; padding: 0; list-style: none; }
.downloads a { display: block; padding: 0.5rem 1rem; border: 1px solid var(--faint); border-radius: 4px; text-decoration: none; }
.downloads a:hover { border-color: var(--accent); }
footer { color: var(--muted); font-size: 0.875rem; margin-top: 4rem; padding-bottom: 3rem; }

@media (max-width: 40rem) {
  th, td { padding: 0.45rem 0.6rem; }
  .sticky :is(th, td) { padding-inline: 0.3rem; }
  .sticky th.number { white-space: normal; }
  .sticky td :is(.interval, .paper) { font-size: 0.75rem; }
  .answer { padding: 1rem; }
  .sticky tbody th, .sticky thead th:first-child { position: sticky; left: 0; background: var(--ground); width: 6rem; min-width: 6rem; }
  .claims tbody th { min-width: 11rem; }
  .origins th, .origins td { padding: 0.3rem 0.5rem; }
}
@media screen and (max-width: 46rem) {
  .stacked { display: flex; flex-direction: column; }
  .stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacked caption { display: block; order: 1; }
  .stacked tr { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.25rem 0.75rem; padding: 0.7rem 0; border-top: 1px solid var(--faint); }
  .stacked tbody tr > :is(th, td) { grid-column: 1 / -1; min-width: 0; max-width: none; width: auto; padding: 0; border: 0; }
  .stacked tbody tr > td.number { grid-column: auto; text-align: left; white-space: normal; }
  .stacked td[data-title]::before { content: attr(data-title); display: block; font-size: 0.75rem; color: var(--muted); }
  .stacked.cards tbody tr > td { grid-column: auto; text-align: left; }
  .stacked td:empty, .stacked td.absent { display: none; }
}
@media print {
  :root {
    --ink: #000; --muted: #444; --faint: #ccc; --ground: #fff; --raised: #fff; --accent: #123f73; --own: #eef3f9;
    --good: #0f5a32; --bad: #8a2013; --open: #5e4400; --mark: #fff;
  }
  body { font-size: 10pt; }
  .skip, nav, #downloads, .tools, a.csv, .live, .tip { display: none; }
  svg.chart.still { display: block; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary { list-style: none; }
  .origins { font-size: 6pt; line-height: 1.25; }
  .origins th, .origins td { padding: 0.1rem 0.25rem; }
  table { max-width: 100%; }
  .body, body { display: block; }
  td.own, .key .own { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main section { break-before: auto; margin-top: 2rem; padding-top: 1.5rem; }
  .scroll { overflow: visible; }
  figure, tr, .answer { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
}
`;
