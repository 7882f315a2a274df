/**
 * The program's side of `race()`: says that it is ready, waits to be told, measures, says the result, and stays until its
 * input ends.
 */
export async function measureWhenTold(measure: () => Promise<object>): Promise<never> {
  const say = (line: string) => Deno.stdout.write(new TextEncoder().encode(`${line}\n`));
  await say("ready");
  await Deno.stdin.read(new Uint8Array(64));
  await say(JSON.stringify(await measure()));
  await Deno.stdin.read(new Uint8Array(64));
  Deno.exit(0);
}
