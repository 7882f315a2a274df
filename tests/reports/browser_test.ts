import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import axe from "axe-core";
import { parquetReadObjects } from "hyparquet";
import type { Page } from "playwright-core";
import { experiments } from "@/experiments/mod.ts";
import { writeReport } from "@/reports/mod.ts";
import { hasBrowser, openBrowser } from "@/tests/report/browser.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

/** Runs in the page: what axe-core calls serious or critical, by rule and place. */
const seriousIssues = `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
  violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ target }) => target.join(" ")).join("; ")))`;

/** Runs in the page: pictures that do not show, but for those in what is folded away, and charts that do in print. */
const hidden = `[
  ...[...document.querySelectorAll("svg.chart")].filter((one) =>
    !one.closest("details") && !one.checkVisibility()),
  ...[...document.querySelectorAll(".live")].filter((one) => one.checkVisibility()),
].map(({ id, className }) => id || className)`;

/** Runs in the page: charts without a table or a line of one that says their numbers. */
const mute = `[...document.querySelectorAll("svg.chart")].filter((one) =>
  !one.closest("td") && !one.closest(".exhibit")?.querySelector("table")).map(({ id }) => id)`;

/** Runs in the page: what is folded away and does not show in print, with or without a script. */
const unprinted = `[...document.querySelectorAll("main details > :not(summary)")].filter((one) =>
  !one.matches(".live, .tools, .csv") && !one.checkVisibility()).map(({ className, textContent }) =>
  className + textContent.slice(0, 40))`;

/** Brings every chart of a page into view, so that its script draws them all. */
async function drawAll(page: Page): Promise<void> {
  const charts = page.locator("svg.chart[data-live]");
  const total = await charts.count();
  assert.ok(total > 10, `only ${total} charts can be drawn anew`);
  await page.evaluate(`(async () => {
    for (const one of document.querySelectorAll("svg.chart[data-live]")) {
      const folded = one.closest("details");
      if (folded) folded.open = true;
      (one.checkVisibility() ? one : one.nextElementSibling).scrollIntoView();
      for (let i = 0; i < 100 && !one.classList.contains("still"); i++) {
        await new Promise((done) => setTimeout(done, 50));
      }
    }
  })()`);
  await page.waitForFunction(
    `document.querySelectorAll("svg.chart.still + .live svg path").length > 0 &&
      document.querySelectorAll("svg.chart[data-live].still").length === ${total}`,
    { timeout: 20_000 },
  );
}

/** Runs in the page: what of claims, conditions and settings, their numbers and verdicts, lies beyond the edge, everything opened. */
const beyondTheEdge = `(() => {
  for (const one of document.querySelectorAll("main details")) one.open = true;
  return [...document.querySelectorAll(".verdicts, .claims, .cards")].flatMap((table) =>
    [...table.querySelectorAll("tbody :is(th, td)")].filter((cell) =>
      !cell.checkVisibility() ? cell.textContent !== "" && !cell.matches(".absent") : cell.getBoundingClientRect().right > innerWidth
    ).map(({ textContent }) => textContent.slice(0, 60)));
})()`;

Deno.test({
  name: "writeReport() makes a page that opens from disk, fits 360 to 1600 px and asks for nothing",
  ignore: !hasBrowser,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using input = await syntheticStudy(experiments, { accuracy: () => 0.5, testImages: 60 });
    await writeReport(input, `${input.folder}/report`);
    const url = pathToFileURL(`${input.folder}/report/index.html`).href;
    const browser = await openBrowser();
    try {
      for (const width of [360, 1000, 1600]) {
        for (const colorScheme of ["light", "dark"] as const) {
          const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
          const asked: string[] = [], problems: string[] = [];
          page.on("console", (message) => {
            if (message.type() === "error") problems.push(message.text());
          });
          page.on("request", (request) => asked.push(request.url()));
          page.on("pageerror", (error) => problems.push(error.message));
          await page.goto(url);
          const whole = await page.evaluate("document.documentElement.scrollWidth");
          assert.equal(whole, width, `${width} px, ${colorScheme}`);
          assert.deepEqual(asked.filter((one) => one !== url && !one.startsWith("data:")), []);
          assert.deepEqual(problems, []);
          await page.evaluate(axe.source);
          assert.deepEqual(await page.evaluate(seriousIssues), [], `${width} px, ${colorScheme}`);
          await page.close();
        }
      }
      const page = await browser.newPage({ viewport: { width: 360, height: 900 } });
      await page.goto(url);
      await drawAll(page);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      for (const width of [360, 400]) {
        await page.setViewportSize({ width, height: 900 });
        assert.deepEqual(await page.evaluate(beyondTheEdge), [], `${width} px`);
      }
      await page.setViewportSize({ width: 1000, height: 900 });
      // Not the first, which stands on the border of its chart.
      const mark = page.locator(".live .mark-symbol path").nth(1);
      await mark.scrollIntoViewIfNeeded();
      const { x, y, width, height } = (await mark.boundingBox())!;
      await page.mouse.move(x - 20, y - 20);
      await page.mouse.move(x + width / 2, y + height / 2);
      await page.waitForSelector(".tip:not([hidden])");
      assert.match(await page.locator(".tip").innerText(), /^.+: .+/);
      await page.emulateMedia({ media: "print" });
      assert.deepEqual(await page.evaluate(hidden), [], "print shows the pictures in the page");
      assert.deepEqual(await page.evaluate(unprinted), [], "print shows what is folded away");
      await page.emulateMedia({ media: "screen" });
      const scriptless = await browser.newPage({ javaScriptEnabled: false });
      await scriptless.goto(url);
      assert.ok(await scriptless.locator("svg.chart").first().isVisible());
      assert.deepEqual(await scriptless.evaluate(mute), [], "every chart's numbers are told");
      await scriptless.emulateMedia({ media: "print" });
      assert.deepEqual(await scriptless.evaluate(unprinted), [], "print needs no script");
      await scriptless.emulateMedia({ media: "screen" });
      for (const width of [360, 1200]) {
        await scriptless.setViewportSize({ width, height: 900 });
        const contents = scriptless.locator(".toc a[href='#downloads']");
        if (width === 360) await scriptless.click(".toc summary");
        await contents.click();
        assert.ok(await scriptless.locator("#downloads-title").isVisible());
        assert.ok(await contents.isVisible(), `the contents stay in view at ${width} px`);
        const { y } = (await scriptless.locator(".toc").boundingBox())!;
        assert.ok(Math.abs(y) < 1, `the contents stay in view at ${width} px`);
      }
      await scriptless.close();
      await page.click("a.value:visible >> nth=0");
      await page.waitForSelector("details[open] tr:target");
      const [figure] = await Promise.all([
        page.waitForEvent("download"),
        page.click("#data-domain-table-1 a.csv"),
      ]);
      assert.match(await Deno.readTextFile(await figure.path()), /^condition,level,labels,/);
      for (const link of await page.$$(".downloads a[download]")) {
        const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
        const name = download.suggestedFilename();
        const bytes = await Deno.readFile(await download.path());
        const text = new TextDecoder().decode(bytes);
        if (name.endsWith(".json.gz")) {
          const { rows } = JSON.parse(new TextDecoder().decode(gunzipSync(bytes)));
          assert.equal(rows.length, input.rows.length);
        } else if (name.endsWith(".parquet")) {
          const lines = await parquetReadObjects({
            file: bytes.slice().buffer,
            compressors: { GZIP: (packed) => new Uint8Array(gunzipSync(packed)) },
          });
          assert.ok(lines.length > 0 && "experiment" in lines[0]!, name);
        } else assert.match(text, /^experiment,/);
      }
    } finally {
      await browser.close();
    }
  },
});
