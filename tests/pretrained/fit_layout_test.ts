import assert from "node:assert/strict";
import { architectures, type Network, resnet, vit } from "@/dsl/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import { fitLayout, torchTensors } from "@/lib/pretrained/fit_layout.ts";
import { layoutNames, layouts } from "@/lib/pretrained/layouts.ts";

const network = resnet({ blocks: [1], width: 2 });
const transformer = vit({ patch: 4, width: 4, depth: 1, heads: 2, pixels: 8 });

/** What a file of a network's tensors would hold, with others beside it, by their names. */
function fileOf(of: Network, prefix: string, beside: readonly string[] = []) {
  const own = torchTensors(of).map(({ name, shape }) =>
    [prefix + name, { dtype: "F32", shape }] as const
  );
  const others = beside.map((name) => [name, { dtype: "F32", shape: [1] }] as const);
  return { path: "x.pth", tensors: new Map([...own, ...others]) };
}

for (const layout of layoutNames) {
  Deno.test(`a file in the layout ${layout} is read, without what it drops`, () => {
    for (const [within, prefix] of layouts[layout].places) {
      const drops = layouts[layout].drops.map((name) => `${within}${name}x`);
      const counters = [`${within}${prefix}bn1.num_batches_tracked`];
      const outside = within === "" ? [] : ["optimizer.state.0.momentum_buffer"];
      const file = fileOf(network, within + prefix, [...drops, ...counters, ...outside]);
      const { names, dropped, prefix: found } = fitLayout(file, network, { layout });
      assert.equal(found, within + prefix);
      assert.equal(names.get("layer1.0.conv2.weight"), `${within}${prefix}layer1.0.conv2.weight`);
      assert.equal(names.size, torchTensors(network).length);
      const wanted = [...layouts[layout].drops, "num_batches_tracked"].map((name) => [name, 1]);
      assert.deepEqual([...dropped], wanted);
    }
  });
}

Deno.test("fitLayout() finds the layout from the names", () => {
  const found = (prefix: string, ...beside: string[]) =>
    fitLayout(fileOf(network, prefix, beside), network).layout;
  assert.equal(found("", "fc.weight"), "torchvision");
  assert.equal(found("", "head.weight"), "timm");
  assert.equal(found("state_dict.module.encoder_q.", "state_dict.module.queue"), "moco");
  assert.equal(
    found("state_dict.module.encoder.", "state_dict.module.predictor.0.weight"),
    "simsiam",
  );
  assert.equal(found("module.", "module.prototypes.weight"), "swav");
  assert.equal(found("state_dict.module.", "state_dict.module.fc.weight"), "pytorch-example");
  assert.equal(
    fitLayout(fileOf(transformer, "model.", ["model.mask_token"]), transformer).layout,
    "mae",
  );
});

Deno.test("fitLayout() takes a name that only begins like the network's for none of it", () => {
  assert.throws(
    () =>
      fitLayout(fileOf(network, "", ["layer1.0.conv3.weight"]), network, { layout: "torchvision" }),
    /layer1\.0\.conv3\.weight would be left over/,
  );
});

Deno.test("fitLayout() lists what is missing, what has another shape and what is left over", () => {
  const file = fileOf(network, "", ["a", "b", "c", "d", "e"]);
  file.tensors.delete("bn1.weight");
  file.tensors.set("conv1.weight", { dtype: "F32", shape: [2, 3, 7, 7] });
  assert.throws(() => fitLayout(file, network, { layout: "torchvision" }), (error) => {
    assert.ok(error instanceof InputError);
    assert.equal(error.place, "x.pth");
    assert.equal(
      error.problem,
      "as ResNet 1 width 2 in the layout torchvision it lacks bn1.weight; " +
        "it has conv1.weight [2,3,7,7] in place of [2,3,3,3]; a, b, c and 2 more would be left over",
    );
    for (const name of layoutNames) assert.ok(error.remedy.includes(name), name);
    return true;
  });
});

Deno.test("fitLayout() names the nearest layout of a file that is in none", () => {
  const file = fileOf(network, "state_dict.module.encoder_q.", ["state_dict.module.other"]);
  assert.throws(
    () => fitLayout(file, network),
    /in the nearest layout, moco, state_dict\.module\.other would be left over/,
  );
});

Deno.test("fitLayout() asks which of two networks is meant", () => {
  const student = fileOf(network, "student.module.backbone."),
    teacher = fileOf(network, "teacher.backbone.");
  const both = { path: "x.pth", tensors: new Map([...student.tensors, ...teacher.tensors]) };
  assert.throws(
    () => fitLayout(both, network),
    /two networks, in the layouts dino-teacher and dino-student/,
  );
  assert.equal(
    fitLayout(both, network, { layout: "dino-student" }).prefix,
    "student.module.backbone.",
  );
});

Deno.test("fitLayout() asks for one network where two lie beside each other in a layout", () => {
  const tensors = new Map([
    ...fileOf(network, "model.").tensors,
    ...fileOf(network, "state_dict.").tensors,
  ]);
  assert.throws(
    () => fitLayout({ path: "x.pth", tensors }, network, { layout: "timm" }),
    /two networks, in model\. and in state_dict\.\. Save the one that is meant alone/,
  );
});

Deno.test("fitLayout() sees through what PyTorch wraps layers in, and takes no two tensors for one", () => {
  const wrapped = [
    ["", "_orig_mod."],
    ["layer1.0.", "layer1.0._fsdp_wrapped_module._checkpoint_wrapped_module."],
  ].map(([plain, name]) => {
    const renamed = [...fileOf(network, "module.").tensors].map(([tensor, form]) =>
      [tensor.replace(`module.${plain}`, `module.${name}`), form] as const
    );
    return { path: "x.pth", tensors: new Map(renamed) };
  });
  const names = wrapped.map((file) => fitLayout(file, network).names.get("layer1.0.bn2.bias"));
  assert.deepEqual(names, [
    "module._orig_mod.layer1.0.bn2.bias",
    "module.layer1.0._fsdp_wrapped_module._checkpoint_wrapped_module.bn2.bias",
  ]);
  const twice = fileOf(network, "", ["_orig_mod.bn1.bias", "_orig_mod._orig_mod.bn1.bias"]);
  assert.throws(
    () => fitLayout(twice, network, { layout: "torchvision" }),
    /: as .* layout torchvision _orig_mod\.bn1\.bias, _orig_mod\._orig_mod\.bn1\.bias would be/,
  );
});

Deno.test("fitLayout() takes the normalisation of all tokens where a mean of them has none of its own", () => {
  const mean = vit({ patch: 4, width: 4, depth: 1, heads: 2, pixels: 8, pool: "mean" });
  const pretrained = fileOf(transformer, "model."), tuned = fileOf(mean, "model.");
  assert.equal(fitLayout(pretrained, mean).names.get("fc_norm.bias"), "model.norm.bias");
  assert.equal(fitLayout(tuned, mean).names.get("fc_norm.bias"), "model.fc_norm.bias");
});

Deno.test("fitLayout() refuses transformers with other heads than the layout's, as no shape tells them", () => {
  const small = architectures.vit_small_patch16;
  const file = fileOf(small, "state_dict.module.base_encoder.");
  assert.throws(
    () => fitLayout(file, small),
    /moco-v3 with a width of 384 have 12 heads.*has 6.*heads: 12/,
  );
  assert.equal(fitLayout(file, { ...small, heads: 12 }).layout, "moco-v3");
});

Deno.test("fitLayout() names the other layout of a linear probe whose transformer may be MoCo's", () => {
  const small = architectures.vit_small_patch16;
  const file = fileOf(small, "state_dict.module.", ["state_dict.module.head.weight"]);
  assert.throws(
    () => fitLayout(file, small),
    /moco-v3 .* have 12 heads.*Write heads: 12; or layout: pytorch-example, if it was trained by/,
  );
  assert.equal(fitLayout(file, small, { layout: "pytorch-example" }).layout, "pytorch-example");
});

Deno.test("fitLayout() says of a transformer what sets it apart, in the words of encoders.yaml", () => {
  const small = architectures.vit_small_patch14;
  const own = { ...small, pixels: 518, layerScale: true } as const;
  assert.throws(
    () => fitLayout(fileOf(own, "", ["mask_token"]), small),
    /\. It is vit_small_patch14 with positions: 518, layer_scale: true in the layout dinov2: name these$/,
  );
});

Deno.test("fitLayout() shows what a file has where nothing of the network is found, and where most is", () => {
  assert.throws(
    () => fitLayout(fileOf(network, "state_dict.backbone."), network),
    /lacks conv1\.weight, .*; state_dict\.backbone\.conv1\.weight, .* would be left over\. It is behind "state_dict\.backbone\.": save what/,
  );
  // With other layers in it, it is another network.
  const squeezed = fileOf(network, "state_dict.backbone.", ["state_dict.backbone.layer1.0.se.x"]);
  assert.throws(
    () => fitLayout(squeezed, network),
    /would be left over\. It is no network that is known here: give a file of resnet18, .* in one/,
  );
  assert.throws(
    () => fitLayout(fileOf(architectures.resnet50, ""), architectures.resnet18),
    /in the nearest layout, torchvision, it has layer1.* would be left over\. It is resnet50 in/,
  );
});

Deno.test("fitLayout() says of a network without a name in which layout it is", () => {
  assert.throws(
    () => fitLayout(fileOf(network, "module."), network, { layout: "moco" }),
    /\. It has the layout swav: name this$/,
  );
});

Deno.test("fitLayout() says of a file of another architecture which it is", () => {
  const file = fileOf(architectures.resnet34, "module.");
  assert.throws(
    () => fitLayout(file, architectures.resnet18),
    /would be left over\. It is resnet34 in the layout swav: name these$/,
  );
  assert.throws(
    () => fitLayout(file, architectures.resnet34, { layout: "torchvision" }),
    /It is resnet34 in the layout swav: name these$/,
  );
});
