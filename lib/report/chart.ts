import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { escape, type Html, raw } from "@/lib/report/html.ts";
import { leanSvg } from "@/lib/report/lean_svg.ts";

// Text and lines take the page's colour, so that a chart follows light and dark.
const config = {
  background: "transparent",
  aria: false,
  font: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  view: { stroke: null },
  axis: {
    labelColor: "currentColor",
    titleColor: "currentColor",
    domainColor: "currentColor",
    tickColor: "currentColor",
    gridColor: "currentColor",
    gridOpacity: 0.14,
    domainOpacity: 0.5,
    tickOpacity: 0.5,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 500,
  },
  legend: {
    labelColor: "currentColor",
    titleColor: "currentColor",
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 500,
  },
  // Only of use where the page's script draws the chart.
  mark: { tooltip: { content: "encoding" } },
  text: { color: "currentColor" },
  rule: { color: "currentColor" },
} as const;

/** What a chart is called: its id in the page, and its content in a sentence for those who cannot see it. */
export interface ChartName {
  readonly id: string;
  readonly label: string;
}

/**
 * Draws a vega-lite specification as an inline SVG that shrinks with the page. The page's script draws it anew from the same
 * specification, with a tooltip for each mark.
 *
 * @param spec Without a `config`: all charts share one.
 * @throws {InputError} If the drawing library has any error, be it thrown or only logged, with the chart's id.
 */
export async function chart(
  spec: TopLevelSpec,
  { id, label }: ChartName,
): Promise<Html> {
  const { compiled, svg } = await draw({ ...spec, config } as TopLevelSpec, id);
  const open = /^<svg[^>]*? width="([\d.]+)" height="([\d.]+)" viewBox="([^"]+)">/.exec(svg);
  if (open === null) throw new Error(`Cannot place chart ${id}: it begins "${svg.slice(0, 80)}"`);
  const [whole, width, height, box] = open;
  const root = `<svg class="chart" id="${id}" data-live role="img" ` +
    `aria-label="${escape(label)}" ` +
    `width="${width}" height="${height}" viewBox="${box}">`;
  const picture = root + leanSvg(silent(ownIds(svg.slice(whole.length), id)));
  return raw(picture, [{ id, spec: compiled }]);
}

async function draw(spec: TopLevelSpec, id: string) {
  const logger = listener();
  try {
    const { spec: compiled } = compile(spec, { logger });
    const svg = await new View(parse(compiled), { renderer: "none", logger }).toSVG();
    if (logger.errors.length > 0) throw logger.errors[0];
    return { compiled, svg };
  } catch (error) {
    throw new InputError(
      `Chart ${id}`,
      `it cannot be drawn (${messageOf(error)})`,
      "The report was not written; the results are kept. This is a fault of this project: please report it with this line",
    );
  }
}

/** A logger of vega that keeps errors, which it else would only print, and passes over all other talk. */
function listener() {
  const errors: unknown[] = [];
  return {
    errors,
    level() {
      return this;
    },
    error(...args: readonly unknown[]) {
      errors.push(args[0]);
      return this;
    },
    warn() {
      return this;
    },
    info() {
      return this;
    },
    debug() {
      return this;
    },
  };
}

/** Takes away roles and descriptions of single marks: the picture has a label as a whole, and its numbers a table. */
function silent(svg: string): string {
  return svg.replace(/ (?:role|aria-[a-z]+)="[^"]*"/g, "");
}

/**
 * Gives gradients and clips ids that are unique in the page and the same each time: vega counts them through all the
 * drawings of a process.
 */
function ownIds(svg: string, id: string): string {
  const found = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, name]) => name!);
  const own = (name: string) => `${id}-${found.indexOf(name)}`;
  return svg
    .replace(/ id="([^"]+)"/g, (_, name) => ` id="${own(name)}"`)
    .replace(/url\(#([^)]+)\)/g, (_, name) => `url(#${own(name)})`);
}
