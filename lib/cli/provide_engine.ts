import { bytesText, say, write } from "@/lib/cli/say.ts";
import { findLibrary } from "@/lib/tensor/library.ts";

/** Makes sure that libtensorflow is there before any worker wants it, telling what is fetched. */
export async function provideLibrary(quiet: boolean): Promise<void> {
  const live = Deno.stdout.isTerminal();
  let told = -Infinity, stage = "";
  await findLibrary({
    onProgress(progress) {
      if (quiet) return;
      const now = performance.now();
      if (progress.stage === stage && now - told < (live ? 200 : 5000)) return;
      stage = progress.stage;
      told = now;
      const { bytes, total, rate } = progress;
      const share = total === undefined ? "" : ` of ${bytesText(total)}`;
      const speed = rate === undefined ? "" : `, ${bytesText(rate)}/s`;
      const text = `TensorFlow: ${stage} ${bytesText(bytes)}${share}${speed}`;
      if (live) write(`\r\x1b[K${text}`);
      else say(text);
    },
  });
  if (live && stage !== "") write("\r\x1b[K");
}
