import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { fold, markup, page, section, table } from "@/lib/report/mod.ts";
import { hasBrowser, openBrowser } from "@/tests/report/browser.ts";

const filler = Array.from({ length: 20 }, (_, i) => ({
  header: `condition ${i}`,
  cells: [`1${i}.0`, `2${i}.0`],
}));
const made = page({
  title: "A page",
  description: "d",
  contents: [{ id: "results", title: "Results" }, { id: "settings", title: "Settings" }],
  header: markup`<h1>A page</h1>`,
  sections: markup`${
    section(
      "results",
      "Results on birds",
      markup`<figure><figcaption>Accuracy of finches</figcaption></figure>
${
        fold(
          "All numbers",
          table({
            label: "Numbers",
            columns: [{ title: "Condition" }, { title: "SimCLR" }, { title: "BYOL" }],
            rows: [...filler, { header: "the paper’s", cells: ["−0.4", "0.7"], id: "papers" }],
          }),
        )
      }`,
    )
  }${
    section(
      "settings",
      "Settings",
      table({
        label: "Every setting",
        classes: "settings",
        columns: [{ title: "Setting" }, { title: "SimCLR" }, { title: "BYOL" }],
        rows: [
          {
            header: markup`learning rate<small><code>learningRate</code></small>`,
            cells: ["0.25", "0.005"],
          },
          { header: "learning rates tried", cells: ["0.1, 0.2", "–"] },
        ],
      }),
    )
  }`,
  footer: "end",
});

/** What is listed: of each the title and what is told of it. */
async function listed(page: Page): Promise<readonly string[]> {
  const texts = await page.locator(".found a").allInnerTexts();
  return texts.map((text) => text.replace(/\s*\n\s*/g, " | "));
}

Deno.test({
  name:
    "the search field finds headings, figures and rows by their columns, with the keyboard alone",
  ignore: !hasBrowser,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const file = await Deno.makeTempFile({ suffix: ".html" });
    await Deno.writeTextFile(file, made);
    const url = pathToFileURL(file).href;
    const browser = await openBrowser();
    try {
      for (const width of [360, 1200]) {
        const page = await browser.newPage({ viewport: { width, height: 700 } });
        const problems: string[] = [];
        page.on("pageerror", (error) => problems.push(error.message));
        await page.goto(url);
        const field = page.getByRole("searchbox", { name: "Search this page" });
        await field.focus();

        await page.keyboard.type("byol learning rate");
        assert.deepEqual(await listed(page), ["learning rate | BYOL: 0.005 · Settings"]);
        assert.equal(await page.locator(".search [role=status]").textContent(), "1 found");
        await page.evaluate(axe.source);
        const issues = await page.evaluate(
          `axe.run(document).then(({ violations }) => violations.filter(({ impact }) =>
            impact === "serious" || impact === "critical").map(({ id }) => id))`,
        );
        assert.deepEqual(issues, [], `${width} px`);
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
        await page.keyboard.press("Enter");
        await page.waitForSelector("tr:target");
        assert.match(await page.locator("tr:target").innerText(), /^learning rate/);
        assert.equal(await page.locator(".found").isVisible(), false);

        // As declarations call it.
        await field.fill("learningRate");
        assert.match((await listed(page))[0]!, /^learning rate \| SimCLR: 0\.25 · BYOL: 0\.005 ·/);
        await field.fill("results");
        assert.equal((await listed(page))[0], "Results on birds");
        await field.fill("finches");
        assert.deepEqual(await listed(page), ["Accuracy of finches | Results on birds"]);
        // Signs as they are typed.
        await field.fill("paper's -0.4");
        assert.deepEqual(await listed(page), [
          "the paper’s | SimCLR: −0.4 · Results on birds",
        ]);
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await page.waitForSelector("details[open] tr:target#papers");

        await field.fill("condition");
        assert.equal((await listed(page)).length, 12);
        assert.equal(
          await page.locator(".search [role=status]").textContent(),
          "21 found, the first 12 are shown",
        );
        await field.fill("nothing of the kind");
        assert.equal(await page.locator(".search [role=status]").textContent(), "Nothing found");
        await page.keyboard.press("Escape");
        assert.equal(await field.inputValue(), "");
        assert.equal(await page.locator(".found").isVisible(), false);

        await page.emulateMedia({ media: "print" });
        assert.equal(await field.isVisible(), false);
        assert.deepEqual(problems, []);
        await page.close();
      }
      const scriptless = await browser.newPage({ javaScriptEnabled: false });
      await scriptless.goto(url);
      assert.equal(await scriptless.locator(".search").isVisible(), false);
    } finally {
      await browser.close();
      await Deno.remove(file);
    }
  },
});
