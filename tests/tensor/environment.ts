/** Runs a test with environment variables set (undefined: unset), and puts them back. */
export async function withEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  body: () => Promise<void> | void,
): Promise<void> {
  const set = (name: string, value: string | undefined) =>
    value === undefined ? Deno.env.delete(name) : Deno.env.set(name, value);
  const before = Object.keys(variables).map((name) => [name, Deno.env.get(name)] as const);
  for (const [name, value] of Object.entries(variables)) set(name, value);
  try {
    await body();
  } finally {
    for (const [name, value] of before) set(name, value);
  }
}
