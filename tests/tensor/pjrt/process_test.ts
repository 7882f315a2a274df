import assert from "node:assert/strict";
import { plugin } from "@/tests/tensor/pjrt/plugin.ts";

/** Runs a program on the plugin in a process of its own. */
async function runProduct(
  level?: string,
): Promise<{ readonly digests: string; readonly log: string }> {
  const { TF_CPP_MIN_LOG_LEVEL: _, ...env } = Deno.env.toObject();
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", `${import.meta.dirname}/product_process.ts`, plugin.path],
    env: { ...env, ...level !== undefined && { TF_CPP_MIN_LOG_LEVEL: level } },
    clearEnv: true,
  }).output();
  const log = new TextDecoder().decode(stderr);
  assert.ok(success, log);
  return { digests: new TextDecoder().decode(stdout).trim(), log };
}

Deno.test("a plugin's log is withheld unless a person asks for it, and another process gets the same bits", async () => {
  const quiet = await runProduct(), loud = await runProduct("0");
  assert.equal(quiet.log, "");
  assert.match(loud.log, /GSPMD/);
  const [one, other] = quiet.digests.split(",");
  assert.match(one!, /^[0-9a-f]{64}$/);
  assert.equal(one, other);
  assert.equal(loud.digests, quiet.digests);
});
