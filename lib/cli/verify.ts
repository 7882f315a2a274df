import { bytesText } from "@/lib/base/bytes_text.ts";
import { plural } from "@/lib/base/plural.ts";
import { say } from "@/lib/cli/say.ts";
import { tellingProgress } from "@/lib/cli/status_line.ts";
import { storeLine } from "@/lib/cli/store_line.ts";
import { shortKey } from "@/lib/results/mod.ts";
import { artifactFolder, findStore, verifyStore } from "@/lib/store/mod.ts";

/** `deno task verify`: reads every byte of a store, and says what is not as it was written; exits with 1 if anything is not. */
export async function verify(options: { readonly store: string; readonly json: boolean }) {
  const store = await findStore(options.store);
  const { artifacts, bytes, damaged } = await tellingProgress(
    (tell) =>
      verifyStore(
        store,
        (done, all, read) => tell(`${done} of ${all} artifacts read, ${bytesText(read)}`),
      ),
    { quiet: options.json },
  );
  if (damaged.length > 0) Deno.exitCode = 1;
  if (options.json) {
    say(JSON.stringify({ store: store.root, artifacts, bytes, damaged }, null, 2));
    return;
  }
  say(storeLine(store));
  for (const { key, kind, problem, made } of damaged) {
    say(`damaged: ${kind ?? "artifact"} ${shortKey(key)}: ${problem}`);
    say(`  ${artifactFolder(store, key)}`);
    if (made !== undefined) say(`  made ${made.at} on ${made.host} by ${made.command}`);
  }
  const whole = artifacts - damaged.length;
  say(`${whole} of ${plural(artifacts, "artifact")} whole, ${bytesText(bytes)} read`);
  if (damaged.length === 0) return;
  say(
    "What is damaged counts as missing: deno task reproduce runs it again if an experiment asks for it, " +
      "and deno task gc removes it if none does",
  );
}
