import assert from "node:assert/strict";
import { relative } from "node:path";
import { dataFile } from "@/lib/cli/data_file.ts";
import { withFolder } from "@/tests/cli/command.ts";

Deno.test("a data.yaml is found in the project's folder or beside its experiments, unless the command names another or the worlds", () =>
  withFolder(async (root) => {
    await Deno.mkdir(`${root}/experiments`);
    assert.equal(await dataFile(undefined, root), undefined);
    const beside = `${root}/experiments/data.yaml`, above = `${root}/data.yaml`;
    await Deno.writeTextFile(beside, "");
    assert.equal(await dataFile(undefined, root), relative(Deno.cwd(), beside));
    assert.equal(await dataFile("other.yaml", root), "other.yaml");
    assert.equal(await dataFile("worlds", root), undefined);
    await Deno.writeTextFile(above, "");
    await assert.rejects(dataFile(undefined, root), {
      message: `--data: there are both ${relative(Deno.cwd(), above)} and ${
        relative(Deno.cwd(), beside)
      }. Name one of them with --data, or remove one`,
    });
    await Deno.remove(beside);
    assert.equal(await dataFile(undefined, root), relative(Deno.cwd(), above));
  }));
