import sharp from "sharp";
import { InputError, messageOf } from "@/lib/base/errors.ts";
import { tryFolder } from "@/lib/base/folders.ts";
import { say } from "@/lib/cli/say.ts";
import { findStore } from "@/lib/store/mod.ts";
import { diagnose } from "@/lib/tensor/doctor.ts";
import type { Check } from "@/lib/tensor/machine_checks.ts";

/** `deno task doctor`: what this machine offers, what is missing, how to mend it; downloads nothing. */
export async function doctor(options: { store: string; json: boolean }): Promise<void> {
  const checks = [
    ...(await diagnose()).checks,
    await checkSharp(),
    await checkStore(options.store),
  ];
  if (options.json) say(JSON.stringify({ checks }, null, 2));
  else {
    for (const { name, state, detail, remedy } of checks) {
      say(`${state.padEnd(8)}${name.padEnd(28)}${detail}`);
      if (remedy !== undefined && state !== "ok") say(`${" ".repeat(8)}-> ${remedy}`);
    }
  }
  if (checks.some((check) => check.state === "broken")) Deno.exitCode = 1;
}

async function checkSharp(): Promise<Check> {
  try {
    const image = sharp({ create: { width: 4, height: 4, channels: 3, background: "red" } });
    const { data } = await image.jpeg().toBuffer({ resolveWithObject: true });
    const decoded = await sharp(data).raw().toBuffer();
    const works = decoded.length === 48;
    return {
      name: "sharp",
      state: works ? "ok" : "broken",
      detail:
        `${sharp.versions.sharp}, libvips ${sharp.versions.vips}; a JPEG was written and read`,
    };
  } catch (error) {
    return {
      name: "sharp",
      state: "broken",
      detail: messageOf(error),
      remedy: "Remove Deno's cache and run this again, so that the package is fetched again",
    };
  }
}

async function checkStore(folder: string): Promise<Check> {
  try {
    const { root, made } = await findStore(folder);
    if (made) {
      const remedy = "plan and report can read it; reproduce needs another, given with --store";
      await tryFolder(root, { place: `Store ${root}`, remedy });
    }
    return {
      name: "store",
      state: "ok",
      detail: made ? root : `${root}, not there yet: reproduce makes it`,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return {
      name: "store",
      state: "broken",
      detail: error.problem,
      remedy: error.remedy,
    };
  }
}
