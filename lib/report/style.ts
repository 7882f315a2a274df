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
header.page { padding-top: clamp(2rem, 6vw, 4.5rem); }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; letter-spacing: -0.01em; }
h1 { font-size: clamp(1.8rem, 1.2rem + 2.6vw, 2.9rem); font-weight: 650; margin: 0 0 1rem; max-width: 32ch; }
h2 { font-size: clamp(1.4rem, 1.2rem + 0.8vw, 1.8rem); font-weight: 650; margin: 0 0 0.5rem; }
h3 { font-size: 1.1rem; font-weight: 650; margin: 2.75rem 0 0.5rem; }
section { margin-top: 3.5rem; padding-top: 2.5rem; border-top: 1px solid var(--faint); scroll-margin-top: 1rem; }
a { color: var(--accent); text-underline-offset: 0.18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -999rem; top: 0.5rem; background: var(--ground); padding: 0.5rem 1rem; z-index: 1; }
.skip:focus { left: 1rem; }
.hidden {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.muted, figcaption, caption, .note { color: var(--muted); }
.kicker { color: var(--muted); margin: 0 0 0.75rem; font-size: 0.95rem; }
.question { font-size: 1.125rem; margin: 0 0 1.5rem; }
.answer { margin: 2rem 0 0; padding: 1.25rem 1.5rem; background: var(--raised); border-left: 4px solid var(--accent); }
.answer h2 { font-size: 1.1rem; margin: 0 0 0.4rem; }
.answer p { margin: 0 0 0.75rem; max-width: 60rem; }
.answer p:last-child { margin-bottom: 0; }
.warning { margin: 1.25rem 0 0; padding: 0.6rem 1rem; border-left: 4px solid var(--bad); max-width: 60rem; }
nav ol { list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; padding: 0; margin: 1.75rem 0 0; }
dl.facts { display: flex; flex-wrap: wrap; gap: 0.75rem 2.5rem; margin: 1.5rem 0 0; }
dl.facts dt { font-size: 0.82rem; color: var(--muted); }
dl.facts dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }

.scroll { position: relative; overflow-x: auto; margin: 1rem 0 0; max-width: 100%; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.95rem; }
caption { caption-side: bottom; text-align: left; padding-top: 0.75rem; font-size: 0.875rem; line-height: 1.5; }
figcaption { max-width: 52rem; }
caption > span { display: block; position: sticky; left: 0; width: max-content; max-width: min(52rem, 100vw - 2rem); }
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
.live svg { display: block; max-width: 100%; height: auto; color: var(--ink); overflow: visible; }
.tip { position: fixed; z-index: 9; max-width: 20rem; padding: 0.4rem 0.6rem; font-size: 0.8rem; line-height: 1.4; pointer-events: none; color: var(--ink); background: var(--raised); border: 1px solid var(--faint); border-radius: 4px; box-shadow: 0 2px 8px rgb(0 0 0 / 0.2); }
.tip[hidden] { display: none; }
svg.chart { display: block; max-width: 100%; height: auto; color: var(--ink); overflow: visible; }
.wide svg { min-width: 46rem; }
@media screen { svg.chart.still { display: none; } }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 26rem)); gap: 2rem 3.5rem; margin-top: 1.25rem; }
.gain { display: block; color: var(--muted); font-size: 0.8rem; }
.swatch { display: inline-block; width: 1.5rem; border-top: 3px solid; vertical-align: middle; margin-right: 0.4rem; }
.swatch.dashed { border-top-style: dashed; }
.small-multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 12rem), 1fr)); gap: 1.5rem 1.5rem; margin-top: 1rem; }
.sheets { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 2rem 2.5rem; margin-top: 1.25rem; }
.sheets:has(> :only-child) { grid-template-columns: minmax(0, 40rem); }
.sheets img { width: 100%; max-width: 40rem; height: auto; display: block; border-radius: 3px; }

.verdict { display: block; min-width: 6.5rem; max-width: 9rem; font-weight: 600; line-height: 1.35; }
.verdict.good { color: var(--good); } .verdict.bad { color: var(--bad); } .verdict.open { color: var(--open); }
.verdict.none { color: var(--muted); font-weight: 400; }
.claims tbody th { font-weight: 400; min-width: 14rem; max-width: 26rem; }
.claims details { margin: 0; }
.claims summary { font-weight: 400; }
.claims svg.chart { min-width: 12rem; max-width: none; }
.differences td, .differences th { min-width: 9rem; max-width: 24rem; }

details { margin-top: 1rem; }
summary { cursor: pointer; font-weight: 600; padding: 0.35rem 0; }
.origins { font-size: 0.85rem; }
.origins th, .origins td { padding: 0.35rem 0.75rem; }
.origins tbody th { font-weight: 400; min-width: 14rem; }
code, pre, .hash { font: 0.85em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
pre { margin: 0.5rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.command { display: inline-block; background: var(--raised); padding: 0.1rem 0.5rem; overflow-wrap: anywhere; }
:target > td, :target > th { background: var(--mark); }
.downloads { display: flex; flex-wrap: wrap; gap: 0.75rem; padding: 0; list-style: none; }
.downloads a { display: block; padding: 0.5rem 1rem; border: 1px solid var(--faint); border-radius: 4px; text-decoration: none; }
.downloads a:hover { border-color: var(--accent); }
footer { color: var(--muted); font-size: 0.875rem; margin-top: 4rem; padding-bottom: 3rem; }

@media (max-width: 40rem) {
  th, td { padding: 0.45rem 0.6rem; }
  .answer { padding: 1rem; }
  .sticky tbody th, .sticky thead th:first-child { position: sticky; left: 0; background: var(--ground); width: 7rem; min-width: 7rem; }
  .claims tbody th { min-width: 11rem; }
  .origins th, .origins td { padding: 0.3rem 0.5rem; }
}
@media print {
  :root {
    --ink: #000; --muted: #444; --faint: #ccc; --ground: #fff; --raised: #fff; --accent: #123f73; --own: #eef3f9;
    --good: #0f5a32; --bad: #8a2013; --open: #5e4400; --mark: #fff;
  }
  body { font-size: 10pt; }
  .skip, nav, #downloads, details, .live, .tip { display: none; }
  td.own, .key .own { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section { break-before: auto; margin-top: 2rem; padding-top: 1.5rem; }
  .scroll { overflow: visible; }
  figure, tr, .answer { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
}
`;
