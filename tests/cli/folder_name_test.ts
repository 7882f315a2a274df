import assert from "node:assert/strict";
import { noiseJpeg, writeFolder } from "@/tests/data/fixtures.ts";
import { root, withFolder } from "@/tests/cli/command.ts";

// What means something in addresses, in shells or in globs, and what is escaped there.
const name = "My Study (ü) #1, 50%25 'or' [so]? & %zz";

/** Copies what a clone holds: neither stores nor reports, and no file of the user's own. */
async function clone(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (name.startsWith(".") || ["out", "node_modules", "data.yaml"].includes(name)) continue;
    if (isDirectory) await clone(`${from}/${name}`, `${to}/${name}`);
    else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

Deno.test("a clone in a folder with an awkward name does everything, and writes nothing beside itself", () =>
  withFolder(async (folder) => {
    const cwd = `${folder}/${name}`;
    await clone(root, cwd);
    const [train, validation] = ["train", "val"];
    for (const split of [train, validation]) {
      for (const [i, wnid] of ["n01440764", "n01443537"].entries()) {
        const seed = 10 * i + split.length;
        await writeFolder(`${cwd}/${split}/${wnid}`, { "a.JPEG": await noiseJpeg(seed) });
      }
    }
    const bound = { dataset: "imagenet", train, validation };
    await Deno.writeTextFile(`${cwd}/pictures.yaml`, JSON.stringify({ objects: bound }));

    const deno = async (...args: readonly string[]): Promise<string> => {
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [...args],
        cwd,
        env: { NO_COLOR: "1" },
      }).output();
      const [said, complained] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
      assert.equal(code, 0, `${args.join(" ")}: ${said}${complained}`);
      return said!;
    };
    const study = ["taxa", "--scale", "smoke"];
    assert.match(await deno("task", "plan", ...study), / 0 cached/);
    assert.match(
      await deno("task", "data", "check", "objects", "--data", "pictures.yaml"),
      /depth 18 2\n/,
    );
    const page = `${await Deno.realPath(cwd)}/reports/out/taxa-smoke/index.html`;
    assert.ok((await deno("task", "reproduce", ...study)).endsWith(`Report: ${page}\n`));
    assert.match(await Deno.readTextFile(page), /<\/html>\s*$/);
    assert.ok((await deno("task", "report", ...study)).endsWith(`Report (unchanged): ${page}\n`));
    assert.match(await deno("task", "doctor"), /^ok +64 x 64 matrix product/m);
    await deno("lint");
    const tests = ["lint", "imports_test.ts"];
    const adapters = ["imagenet", "places365"].map((set) => `data/adapters/${set}_test.ts`);
    const files = [...tests, ...adapters].map((file) => `tests/${file}`);
    await deno("test", "--frozen", "--no-check", "-A", ...files);
    assert.deepEqual(await namesIn(folder), [name]);
  }));
