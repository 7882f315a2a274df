import assert from "node:assert/strict";
import { command, withFolder } from "@/tests/cli/command.ts";
import { resnet18 } from "@/tests/pretrained/resnet18.ts";

Deno.test("encoders says of each encoder what it is, what is left out and where it is from, and exits with 1 where one is wrong", () =>
  withFolder(async (folder) => {
    const counters = ["bn1", "layer1.0.bn1"].map((name) => `module.${name}.num_batches_tracked`);
    await Deno.writeFile(
      `${folder}/swav.safetensors`,
      resnet18("module.", ["module.prototypes.weight", ...counters]),
    );
    await Deno.writeTextFile(`${folder}/page.pth`, "<!DOCTYPE html>");
    const file = `${folder}/encoders.yaml`,
      usual = "architecture: resnet18, normalisation: imagenet";
    await Deno.writeTextFile(
      file,
      `swav: { path: swav.safetensors, ${usual}, licence: MIT }\npage: { path: page.pth, ${usual} }\n`,
    );

    const one = await command("encoders", "swav", "--encoders", file);
    assert.equal(one.code, 0, one.stderr);
    const [name, network, images, left, from, sum, end] = one.stdout.split("\n");
    assert.equal(name, `swav (${folder}/swav.safetensors)`);
    assert.equal(network, "  ResNet 2-2-2-2 width 64, large stem; layout swav; 45 MB");
    assert.equal(
      images,
      "  images of 224 px, less 0.485, 0.456, 0.406, divided by 0.229, 0.224, 0.225",
    );
    assert.equal(left, "  left out: 2 of num_batches_tracked, 1 of module.prototypes.");
    assert.equal(from, "  source not given; licence MIT");
    assert.match(sum!, /^ {2}sha256 [0-9a-f]{64}$/);
    assert.equal(end, "1 encoder, nothing wrong");

    const all = await command("encoders", "--encoders", file);
    assert.equal(all.code, 1);
    assert.match(all.stdout, /^page\n {2}wrong: .*page\.pth: it is a page of the web/m);
    assert.match(all.stdout, /^2 encoders, 1 with something wrong$/m);
    const json = await command("encoders", "--encoders", file, "--json");
    const { encoders } = JSON.parse(json.stdout);
    assert.equal(json.code, 1);
    assert.deepEqual(encoders.map((one: { layout?: string }) => one.layout), ["swav", undefined]);
    assert.match(encoders[1].problem, /a page of the web/);

    const unknown = await command("encoders", "swaw", "--encoders", file);
    assert.equal(unknown.code, 2);
    assert.match(
      unknown.stderr,
      /^error: .*encoders\.yaml: it names no encoder "swaw"\. Did you mean "swav"\?/,
    );
    const none = await command("encoders", "--encoders", `${folder}/none.yaml`);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /none\.yaml: the file does not exist\. Name a YAML file/);
  }));
