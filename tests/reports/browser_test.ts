// For tests/reports/browser_test.ts; needs in deno.json: "playwright-core": "npm:playwright-core@1.65.1"
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { dataDomain } from "@/experiments/data_domain.ts";
import { exists } from "@/lib/base/files.ts";
import { writeReport } from "@/reports/mod.ts";
import { syntheticStudy } from "@/tests/results/synthetic_store.ts";

const browserPath = Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium";

Deno.test({
  name: "writeReport() makes a page that opens from disk, fits 360 to 1600 px and asks for nothing",
  ignore: !await exists(browserPath),
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using input = await syntheticStudy([dataDomain], { accuracy: () => 0.5, testImages: 60 });
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
          page.on("request", (request) => asked.push(request.url()));
          page.on("pageerror", (error) => problems.push(error.message));
          await page.goto(url);
          const whole = await page.evaluate("document.documentElement.scrollWidth");
          assert.equal(whole, width, `${width} px, ${colorScheme}`);
          assert.deepEqual(asked.filter((one) => one !== url && !one.startsWith("data:")), []);
          assert.deepEqual(problems, []);
          await page.close();
        }
      }
      const page = await browser.newPage();
      await page.goto(url);
      await page.click("a.value >> nth=0");
      await page.waitForSelector("details[open] tr:target");
    } finally {
      await browser.close();
    }
  },
});
