// What `data check` calls wrong, planning refuses with the same words, unless it is let pass.
import assert from "node:assert/strict";
import { checkRole } from "@/lib/cli/data_check.ts";
import { allowOption, type StudyOptions } from "@/lib/cli/options.ts";
import { rolesOf } from "@/lib/cli/roles.ts";
import { prepareStudy } from "@/lib/cli/study.ts";
import { openStore } from "@/lib/store/mod.ts";
import { readBindings } from "@/lib/data/bindings.ts";
import { type FindingName, findingNames } from "@/lib/data/mod.ts";
import { command, root, withFolder } from "@/tests/cli/command.ts";
import {
  type Files,
  imageFiles,
  inputError,
  noiseJpeg,
  writeFolder,
  writeTar,
} from "@/tests/data/fixtures.ts";

/** Small sets, each with one thing wrong, and how it is bound. */
const wrong: Readonly<Record<FindingName, (files: Files) => Files>> = {
  "test-images-in-train": (files) => ({ ...files, "test/bee/copy.jpg": files["train/ant/0.jpg"]! }),
  "classes-without-train-images": ({ "train/cat/0.jpg": _, ...files }) => files,
  "classes-without-test-images": ({ "test/cat/0.jpg": _, ...files }) => files,
  "one-class": (files) =>
    Object.fromEntries(Object.entries(files).filter(([path]) => path.includes("ant"))),
  "overlapping-shards": (files) => files,
  "empty-files": (files) => ({ ...files, "train/bee/none.jpg": "" }),
};

async function setOf(folder: string, name: FindingName): Promise<string> {
  const whole: Files = {
    ...await imageFiles(["ant", "bee"], { perClass: 128 }),
    "train/cat/0.jpg": await noiseJpeg(9001),
    "test/cat/0.jpg": await noiseJpeg(9002),
  };
  // So that no set is too small for the scale.
  for (let i = 0; i < 256; i++) whole[`train/ant/more${i}.jpg`] = `no image, number ${i}`;
  const files = wrong[name](whole);
  const data = `${folder}/data.yaml`;
  if (name !== "overlapping-shards") {
    await writeFolder(`${folder}/set`, files);
    await Deno.writeTextFile(data, "objects: { dataset: image-folder, path: set }\n");
    return data;
  }
  for (const split of ["train", "test"]) {
    const some = Object.entries(files).filter(([path]) => path.startsWith(split));
    await writeTar(
      `${folder}/${split}.tar`,
      some.map(([path, bytes]) => [path.slice(split.length + 1), bytes] as const),
    );
  }
  await Deno.writeTextFile(
    data,
    "objects: { dataset: tar-shards, train: [train.tar, train.tar], test: test.tar }\n",
  );
  return data;
}

const optionsOf = (folder: string, allow: readonly FindingName[]): StudyOptions => ({
  scale: "smoke",
  all: false,
  data: `${folder}/data.yaml`,
  allow,
  store: `${folder}/store`,
  out: `${folder}/out`,
  figures: "claims",
  untilDecided: false,
  trustCode: false,
  json: false,
});

for (const name of findingNames) {
  Deno.test(`data check and planning say the same of ${name}, and it can be let pass`, () =>
    withFolder(async (folder) => {
      const { objects } = await readBindings(await setOf(folder, name));
      const prepare = (allow: readonly FindingName[]) =>
        prepareStudy(["data-domain"], optionsOf(folder, allow), { root, open: openStore });
      const { findings } = await checkRole("objects", objects!, {
        sample: 1,
        memo: `${folder}/memo`,
        onProgress: () => {},
      });
      assert.deepEqual(findings.map((one) => one.name), [name]);
      const { sentence } = findings[0]!;
      await assert.rejects(
        prepare([]),
        inputError("objects (", sentence, `continue anyway with --allow ${name}`),
      );
      await assert.rejects(prepare(findingNames.filter((one) => one !== name)));
      const { domains } = await prepare([name]);
      assert.deepEqual(domains.get("objects")?.allowed, [sentence]);
      assert.deepEqual(domains.get("species")?.allowed, []);
    }));
}

Deno.test("what is wrong with a role that the experiments do not use is no matter", () =>
  withFolder(async (folder) => {
    await setOf(folder, "one-class");
    const { domains } = await prepareStudy(["methods"], optionsOf(folder, []), {
      root,
      open: openStore,
    });
    assert.ok(!domains.has("objects") && domains.has("species"));
  }));

Deno.test("plan refuses what is wrong, as do reproduce and report where all reads it; plan --allow says that it was let pass", () =>
  withFolder(async (folder) => {
    await setOf(folder, "test-images-in-train");
    const study = ["--scale", "smoke", "--data", `${folder}/data.yaml`, "--store", `${folder}/s`];
    const sentence =
      "1 test image stands among the training images: test/bee/copy.jpg is train/ant/0.jpg";
    const all = [["plan", "data-domain"], ["reproduce", "data-quality"], [
      "report",
      "data-quality",
    ]];
    for (const words of all) {
      const { code, stdout, stderr } = await command(...words, ...study);
      assert.deepEqual([code, stdout], [2, ""], words.join(" "));
      assert.ok(stderr.includes(sentence), stderr);
    }
    const allow = ["--allow", "one-class,test-images-in-train"];
    const { code, stdout } = await command("plan", "data-domain", ...study, ...allow);
    assert.equal(code, 0);
    assert.ok(stdout.includes(`  wrong, but allowed: ${sentence}\n`), stdout);
  }));

Deno.test("a study that is told of what is wrong goes on without what reads it, and its report says so", () =>
  withFolder(async (folder) => {
    await setOf(folder, "test-images-in-train");
    const told: string[] = [];
    const { plan, domains, refused } = await prepareStudy(["data-domain"], optionsOf(folder, []), {
      root,
      open: openStore,
      onRefused: ({ message }) => told.push(message),
    });
    assert.equal(told.length, 1);
    assert.match(told[0]!, /^objects .* --allow test-images-in-train$/);
    assert.deepEqual([...refused.keys()], ["objects"]);
    assert.ok(!domains.has("objects") && domains.has("species"));
    assert.ok(plan.conditions.length > 0);
    for (const { condition } of plan.conditions) {
      assert.ok(!rolesOf([condition]).includes("objects"), condition.name);
    }
  }));

Deno.test("allowOption() takes names with commas and in several options, and knows a misspelt one", () => {
  const once = allowOption("one-class, empty-files", []);
  assert.deepEqual(allowOption("one-class", once), ["one-class", "empty-files"]);
  assert.throws(
    () => allowOption("test-image-in-train", []),
    inputError(
      '--allow: "test-image-in-train" is not known',
      'Did you mean "test-images-in-train"?',
    ),
  );
});

Deno.test("prepareStudy() refuses a role that no experiment uses, and names the nearest experiment for a misspelt one", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/data.yaml`, "object: { dataset: world, world: scenes }\n");
    await assert.rejects(
      prepareStudy(["data-domain"], optionsOf(folder, []), { root, open: openStore }),
      inputError('data.yaml:1: object: no experiment uses the role "object"', '"objects"?'),
    );
    await assert.rejects(
      prepareStudy(["data-domains"], optionsOf(folder, []), { root, open: openStore }),
      inputError('experiment "data-domains" is not known', 'Did you mean "data-domain"? Choose'),
    );
  }));

Deno.test("prepareStudy() tells all data sets that cannot be read at once", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.tar`, "not a tar");
    await Deno.writeTextFile(`${folder}/b.tar`, "not a tar");
    await Deno.writeTextFile(
      `${folder}/data.yaml`,
      "objects: { dataset: image-folder, path: a.tar }\n" +
        "species: { dataset: image-folder, path: b.tar }\n",
    );
    await assert.rejects(
      prepareStudy(["data-domain"], optionsOf(folder, []), { root, open: openStore }),
      ({ name, message }: Error) => {
        assert.equal(name, "InputErrors");
        const [one, two, ...more] = message.split("\n").sort();
        assert.ok(one!.includes("a.tar") && two!.includes("b.tar"), message);
        return more.length === 0;
      },
    );
  }));

Deno.test("prepareStudy() notes where a role is probed with fewer labels than it has classes", () =>
  withFolder(async (folder) => {
    const files: Files = {};
    for (let i = 0; i < 300; i++) {
      files[`train/${i}/0.jpg`] = `train ${i}`;
      files[`test/${i}/0.jpg`] = `test ${i}`;
    }
    await writeFolder(`${folder}/set`, files);
    await Deno.writeTextFile(
      `${folder}/data.yaml`,
      "species: { dataset: image-folder, path: set }\n",
    );
    const { domains } = await prepareStudy(["methods"], optionsOf(folder, []), {
      root,
      open: openStore,
    });
    assert.deepEqual(domains.get("species")?.notes, [
      "300 classes have a single training image",
      "its 10k labels are 48 images, so that at least 252 of its 300 classes have none",
    ]);
  }));
