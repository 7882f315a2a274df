import { type Browser, chromium } from "playwright-core";
import { exists } from "@/lib/base/files.ts";

const path = Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium";

/** Whether there is a browser to open pages in. */
export const hasBrowser = await exists(path);

/** A browser, without a window. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: path,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"],
  });
}
