import assert from "node:assert/strict";
import { writeAttempts } from "@/lib/run/mod.ts";
import { artifactFolder, openStore, putArtifact } from "@/lib/store/mod.ts";
import { command, withFolder } from "@/tests/cli/command.ts";

const name = "simclr species (1M) -> linear species (all)";

Deno.test("show says of each step of a condition its key, recipe, folder and files, and what is not there", () =>
  withFolder(async (folder) => {
    const root = `${folder}/store`, store = await openStore(root);
    const show = (word: string) =>
      command("show", word, "data-domain", "--scale", "smoke", "--seeds", "2", "--store", root);
    const { code, stdout, stderr } = await show(name.toUpperCase());
    assert.equal(code, 0, stderr);
    assert.ok(stdout.startsWith(`store: ${store.root}\n${name}\nexperiment data-domain, scale`));
    assert.deepEqual(stdout.match(/^seed \d$/gm), ["seed 1", "seed 2"]);
    const kinds = stdout.match(/^ {2}\w+(?= [0-9a-f]{12}: )/gm)!.map((one) => one.trim());
    const each = ["ingest", "subset", "pretrain", "features", "subset", "probe", "score"];
    assert.deepEqual(kinds.toSorted(), [...each, ...each].toSorted());
    assert.equal(stdout.match(/\(missing: not run yet\)$/gm)!.length, kinds.length);
    const [, cell] = /finest: not measured \(cell ([0-9a-f]{12})\)/.exec(stdout)!;

    // The subset of the first seed, as if it had been worked.
    const [, key] = /artifacts\/..\/([0-9a-f]{64})/.exec(stdout.slice(stdout.indexOf("subset ")))!;
    await putArtifact<"subset">(store, key!, async (place) => {
      await Deno.writeFile(`${place}/indices.u32`, new Uint8Array(1024));
      return {
        key: key!,
        kind: "subset",
        spec: {},
        needs: {},
        code: "",
        info: { images: 256 },
        made: { at: "2026-01-01T00:00:00.000Z", seconds: 3, host: "h", machine: {}, command: "" },
      };
    });
    const byCell = await show(cell!);
    assert.ok(
      byCell.stdout.includes(
        `${artifactFolder(store, key!)} (code changed: made by code , which is now `,
      ),
      byCell.stdout,
    );
    assert.match(byCell.stdout, /^ {4}files indices\.u32 1(\.\d)? kB, manifest\.json$/m);
    assert.match(byCell.stdout, /^ {4}made 2026-01-01T00:00:00\.000Z in 3(\.0)? s on h$/m);

    const byKey = await show(key!.slice(0, 12));
    assert.ok(byKey.stdout.includes(`  subset ${key!.slice(0, 12)}: species (1M), seed 1\n`));
    assert.ok(byKey.stdout.includes(`\n  ${name}, seed 1\n`), byKey.stdout);
  }));

Deno.test("show tells of a step by its name who made it, what it measured, and its files and logs", () =>
  withFolder(async (folder) => {
    const root = `${folder}/store`, store = await openStore(root);
    const show = (word: string) =>
      command("show", word, "data-domain", "--scale", "smoke", "--seeds", "1", "--store", root);
    const several = await show("species (1M), seed");
    assert.match(
      several.stdout,
      /^\d+ steps with this in the name; give the first digits of one's key:\n {2}[0-9a-f]{12} {2}/m,
    );
    const [, key] = /artifacts\/..\/([0-9a-f]{64})/.exec(
      (await show("subset species (1M), seed 1")).stdout,
    )!;
    await putArtifact<"subset">(store, key!, async (place) => {
      await Deno.writeFile(`${place}/indices.u32`, new Uint8Array(1024));
      const machine = { processor: "p", cores: "2" };
      return {
        key: key!,
        kind: "subset",
        spec: {},
        needs: {},
        code: "c0de",
        info: { images: 256 },
        made: {
          at: "2026-01-01T00:00:00Z",
          seconds: 3,
          host: "h",
          machine,
          command: "deno task x",
        },
      };
    });
    await Deno.writeTextFile(`${root}/logs/${key}.log`, "warned\n");
    const end = {
      at: "2026-01-02T00:01:00Z",
      how: "failed",
      kind: "bug",
      message: "a\nb",
    } as const;
    await writeAttempts(store, key!, [{
      ...{ id: "i", at: "2026-01-02T00:00:00Z", host: "h", pid: 1, plan: null, worker: null },
      ...{ from: 0, end },
    }]);
    const { code, stdout, stderr } = await show("subset species (1M), seed 1");
    assert.equal(code, 0, stderr);
    const place = artifactFolder(store, key!);
    const lines = stdout.split("\n").map((line) => line.trim());
    for (
      const line of [
        "command deno task x",
        "machine cores 2, processor p",
        "code c0de",
        "images 256",
        `${place}/manifest.json`,
        `${store.root}/logs/${key}.log`,
        "2026-01-02T00:00:00Z on h: failed (bug) 2026-01-02T00:01:00Z: a",
      ]
    ) assert.ok(lines.includes(line), `${line} in ${stdout}`);
    assert.ok(lines.some((line) => line.startsWith(`${place}/indices.u32  1`)));
  }));

Deno.test("show lists the conditions of which a word is a part, and names near ones where it is part of none", () =>
  withFolder(async (folder) => {
    const show = (word: string) =>
      command("show", word, "data-domain", "--scale", "smoke", "--store", `${folder}/store`);
    const several = await show("simclr species");
    assert.equal(several.code, 0, several.stderr);
    assert.match(several.stdout, /, not there yet\n\d+ conditions with this in the name; .*:\n/);
    assert.ok(several.stdout.includes(`\n  ${name}\n`));
    const none = await show("simclr spezies (1M) -> linear species (all)");
    assert.deepEqual([none.code, none.stdout], [2, ""]);
    assert.match(
      none.stderr,
      /^error: Command line: no condition at scale smoke has "simclr spezies .*" in its name, and no step's key begins with it\. Did you mean "simclr species \(1M\) -> linear species \(all\)"\? .*\n$/,
    );
    const order = await show("linear on species, simclr");
    assert.match(order.stderr, /Similar: "simclr species /);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), [], "it makes no store");
  }));
