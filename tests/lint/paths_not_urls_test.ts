import assert from "node:assert/strict";
import { root, withFolder } from "@/tests/cli/command.ts";
import { objectionsOf } from "@/tests/lint/objections.ts";

const objections = objectionsOf("paths-not-urls");

Deno.test("the rule objects to addresses of files, however they are come by", () => {
  for (
    const program of [
      'const a = new URL("../data.tsv", import.meta.url).pathname;',
      "const here = new URL(import.meta.url); read(here.pathname);",
      'const { pathname } = new URL("x", import.meta["url"]);',
      'import.meta.url.replace(/^file:/, "");',
      "import.meta.url.slice(7);",
      "const { url } = import.meta;",
      "const meta = import.meta;",
      'import.meta["u" + "rl"];',
      'const program = new URL(import.meta.resolve("@/a.ts")); program.pathname;',
      'const where = import.meta.resolve("vega");',
      "const { resolve } = import.meta;",
      "const find = import.meta.resolve;",
      "new URL(Deno.mainModule).pathname;",
      "new URL(`file://${path}`).pathname;",
      'new URL("file:///tmp/a").pathname;',
      'new URL(name, "file:///");',
      "pathToFileURL(path).pathname;",
      "const address = pathToFileURL(path);",
    ]
  ) assert.equal(objections(program), 1, program);
});

Deno.test("the rule lets paths pass, and addresses of the network", () => {
  for (
    const program of [
      "const here = import.meta.dirname, me = import.meta.filename;",
      "if (import.meta.main) work();",
      'const vega = fileURLToPath(import.meta.resolve("vega"));',
      'const name = new URL("https://example.org/a/b.whl").pathname;',
      "const name = new URL(request.url).pathname;",
      "const { pathname } = new URL(archive.url);",
      "browser.open(pathToFileURL(path).href);",
      'if (url.protocol === "file:") copy(url);',
      "const where = `${folder}/file:/x`;",
    ]
  ) assert.equal(objections(program), 0, program);
});

Deno.test("deno lint fails where the rule objects, and names it", () =>
  withFolder(async (folder) => {
    const program = `${folder}/program.ts`;
    await Deno.writeTextFile(program, "export const here = new URL(import.meta.url).pathname;\n");
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["lint", "--config", `${root}/deno.json`, program],
      env: { NO_COLOR: "1" },
    }).output();
    assert.equal(code, 1);
    assert.match(new TextDecoder().decode(stderr), /when-contrastive\/paths-not-urls/);
  }));
