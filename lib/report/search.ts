import { markup } from "@/lib/report/html.ts";

/** A field that finds headings, claims, figures and lines of tables; its script shows it, so that without scripts there is none. */
export const searchField =
  markup`<form class="search" role="search" hidden><label class="hidden" for="search-field">Search this page</label>
<input id="search-field" type="search" placeholder="Search" autocomplete="off" spellcheck="false">
<p class="hidden" role="status"></p>
<ol class="found" hidden></ol></form>
`;

/**
 * What the field does. All words of a query must stand in what is found, or above it: in the header of a column, the title of
 * the table or of the section. A line of a table is told with the columns that the query names. What is found has a link, which
 * opens what it is folded away in; arrows go from link to link, Enter to the first, Escape closes the list.
 */
export const searchScript = `{
const form = document.querySelector(".search"), field = form.querySelector("input");
const status = form.querySelector("[role=status]"), list = form.querySelector("ol");
const most = 12;
const unread = ".tools, .csv, svg, pre, code, details";
const raw = (node) => node.nodeType === 3 ? node.data
  : node.nodeType !== 1 || node.matches(unread) ? ""
  : [...node.childNodes].map(raw).join(" ");
const textOf = (node) => raw(node).replace(/\\s+/g, " ").replace(/ (?=[,.;:)])/g, "").trim();
const plain = (text) => text.toLowerCase().replace(/\\u2212/g, "-").replace(/\\u2019/g, "'");
const titleOf = (element) => {
  const section = element.closest("section");
  const title = section?.querySelector("h2");
  return title ? textOf(title) : section?.getAttribute("aria-label") ?? "";
};
const entry = (element, rank, { text = textOf(element), code = "", cells = [], above = "" } = {}) => ({
  element, rank, text, cells, title: titleOf(element),
  own: plain([text, code, ...cells.map(({ text }) => text)].join(" ")),
  above: plain([above, titleOf(element), ...cells.map(({ head }) => head)].join(" ")),
});
const linesOf = (table) => {
  const heads = [...table.tHead.rows[0].cells].map(textOf);
  const rank = table.matches(".verdicts, .claims, .settings") ? 1 : table.matches(".origins") ? 4 : 3;
  const exhibit = table.closest(".exhibit")?.querySelector("h3");
  const above = [heads[0], table.parentElement.getAttribute("aria-label"), exhibit ? textOf(exhibit) : ""].join(" ");
  return [...table.tBodies[0].rows].map((row) => {
    const [header, ...others] = [...row.cells].map(textOf);
    const cells = others.map((text, i) => ({ head: heads[i + 1], text }))
      .filter(({ text }) => text !== "" && text !== "\\u2013");
    const code = row.cells[0].querySelector("code")?.textContent;
    return entry(row, rank, { text: header, code, cells, above });
  });
};
let entries;
const collect = () => entries ??= [
  ...[...document.querySelectorAll("main :is(h2, h3, h4)")].map((one) => entry(one, 0)),
  ...[...document.querySelectorAll("main :is(figcaption, summary)")].map((one) => entry(one, 2)),
  ...[...document.querySelectorAll(".body table")].flatMap(linesOf),
];
/** The less the better; Infinity where a word is missing. */
const distance = ({ own, above, rank }, words) =>
  words.reduce((sum, word) => sum + (own.includes(word) ? 0 : above.includes(word) ? 1 : Infinity), rank);
const detail = ({ text: own, cells, title }, words) => {
  const named = cells.filter(({ head }) => words.some((word) => plain(head).includes(word)));
  const meant = named.length > 0 ? named : cells.filter(({ text }) => words.some((word) => plain(text).includes(word)));
  const shown = (meant.length > 0 ? meant : cells).slice(0, 4).map(({ head, text }) => head + ": " + text);
  return [...shown, title].filter((one) => one && one !== own).join(" \\u00b7 ");
};
const close = () => { list.hidden = true; };
const line = (found, words) => {
  found.element.id ||= "found-" + entries.indexOf(found);
  const link = document.createElement("a"), more = document.createElement("small");
  link.href = "#" + found.element.id;
  more.textContent = detail(found, words);
  link.append(found.text, more);
  link.addEventListener("click", () => {
    close();
    if (location.hash === link.hash) reveal();
  });
  const item = document.createElement("li");
  item.append(link);
  return item;
};
const find = () => {
  const words = plain(field.value).split(/\\s+/).filter(Boolean);
  list.hidden = words.length === 0;
  if (list.hidden) {
    status.textContent = "";
    return;
  }
  const found = collect().map((one) => ({ one, far: distance(one, words) })).filter(({ far }) => far < Infinity)
    .sort((a, b) => a.far - b.far || a.one.text.length - b.one.text.length).map(({ one }) => one);
  const told = found.length === 0 ? "Nothing found" : found.length <= most ? found.length + " found"
    : found.length + " found, the first " + most + " are shown";
  status.textContent = told;
  const last = document.createElement("li");
  last.className = "muted";
  last.textContent = told;
  list.replaceChildren(...found.slice(0, most).map((one) => line(one, words)), last);
  list.scrollTop = 0;
};
form.hidden = false;
field.addEventListener("input", find);
field.addEventListener("focus", find);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  list.querySelector("a")?.click();
});
form.addEventListener("keydown", (event) => {
  const stops = [field, ...list.querySelectorAll("a")], at = stops.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    field.value = "";
    field.focus();
    find();
  } else if (step && !list.hidden) {
    event.preventDefault();
    stops[Math.max(0, Math.min(stops.length - 1, at + step))].focus();
  }
});
form.addEventListener("focusout", ({ relatedTarget }) => {
  if (!form.contains(relatedTarget)) close();
});
}
`;
