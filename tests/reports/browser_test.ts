import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import axe from "axe-core";
import { parquetReadObjects } from "hyparquet";
import { chromium } from "playwright-core";
import { experiments } from "@/experiments/mod.ts";
import { exists } from "@/lib/base/files.ts";
import { writeReport } from "@/reports/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

/** Runs in the page: what axe-core calls serious or critical, by rule and place. */
const seriousIssues = `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
  violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ target }) => target.join(" ")).join("; ")))`;

const browserPath = Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium";

Deno.test({
  name: "writeReport() makes a page that opens from disk, fits 360 to 1600 px and asks for nothing",
  ignore: !await exists(browserPath),
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using input = await syntheticStudy(experiments, { accuracy: () => 0.5, testImages: 60 });
    await writeReport(input, `${input.folder}/report`);
    const url = `file://${input.folder}/report/index.html`;
    const browser = await chromium.launch({
      executablePath: browserPath,
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"],
    });
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
      const page = await browser.newPage();
      await page.goto(url);
      await page.click("a.value:visible >> nth=0");
      await page.waitForSelector("details[open] tr:target");
      for (const link of await page.$$("a[download]")) {
        const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
        const name = download.suggestedFilename();
        const bytes = await Deno.readFile(await download.path());
        const text = new TextDecoder().decode(bytes);
        if (name.endsWith(".json.gz")) {
          const { rows } = JSON.parse(new TextDecoder().decode(gunzipSync(bytes)));
          assert.equal(rows.length, input.rows.length);
        } else if (name.endsWith(".parquet")) {
          const lines = await parquetReadObjects({ file: bytes.slice().buffer });
          assert.ok(lines.length > 0 && "experiment" in lines[0]!, name);
        } else assert.match(text, /^experiment,/);
      }
    } finally {
      await browser.close();
    }
  },
});
