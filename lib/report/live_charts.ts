import { Buffer } from "node:buffer";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type Html, type LiveChart, markup, raw } from "@/lib/report/html.ts";

// Drawn when first seen. Where anything fails, the picture that stands there already stays. In print it is shown always.
const script = `
const unpack = async (id) => {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return await new Response(stream).text();
};
let ready;
const prepare = () => ready ??= (async () => {
  const [code, specs] = await Promise.all([unpack("vega-code"), unpack("chart-specs")]);
  const element = document.createElement("script");
  element.textContent = code;
  document.head.append(element);
  return new Map(JSON.parse(specs).map(({ id, spec }) => [id, spec]));
})();
const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
document.body.append(tip);
const shown = (value) => {
  const text = String(value).replace("\\u2212", "-");
  return /^-?\\d+\\.\\d{3,}$/.test(text) ? Number(text).toFixed(2) : value;
};
const tooltip = (_, event, __, value) => {
  tip.hidden = value === null || value === undefined || value === "" || !event.clientX;
  if (tip.hidden) return;
  const lines = typeof value === "object" ? Object.entries(value) : [["", value]];
  tip.replaceChildren(...lines.map(([name, one]) => {
    const line = document.createElement("div");
    line.textContent = (name ? name + ": " : "") + shown(one);
    return line;
  }));
  const left = Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8);
  tip.style.left = Math.max(8, left) + "px";
  tip.style.top = event.clientY + 14 + "px";
};
const draw = async (picture) => {
  const spec = (await prepare()).get(picture.id);
  const live = document.createElement("div");
  live.className = "live";
  live.setAttribute("role", "img");
  live.setAttribute("aria-label", picture.getAttribute("aria-label"));
  picture.after(live);
  try {
    const view = new vega.View(vega.parse(spec), { renderer: "svg", container: live, hover: true, tooltip });
    await view.runAsync();
    const drawn = live.querySelector("svg");
    drawn.setAttribute("aria-hidden", "true");
    picture.classList.add("still");
  } catch (error) {
    live.remove();
    throw error;
  }
};
if ("DecompressionStream" in window && "IntersectionObserver" in window) {
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      draw(target);
    }
  }, { rootMargin: "300px" });
  for (const picture of document.querySelectorAll("svg.chart[data-live]")) observer.observe(picture);
}
`;

/** What the page needs so that its charts answer to the pointer: vega, their specifications, and a script; all in itself. */
export function liveCharts(charts: readonly LiveChart[]): Html | null {
  if (charts.length === 0) return null;
  const code = Deno.readTextFileSync(
    `${dirname(fileURLToPath(import.meta.resolve("vega")))}/vega.min.js`,
  );
  return markup`${packed("vega-code", code)}${packed("chart-specs", JSON.stringify(charts))}
<script>${raw(script)}</script>
`;
}

/** A text that the page's script unpacks when it is wanted. */
function packed(id: string, text: string): Html {
  const bytes = Buffer.from(gzipSync(text, { level: 9 })).toString("base64");
  return markup`<script type="text/plain" id="${id}">${raw(bytes)}</script>
`;
}
