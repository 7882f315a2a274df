// What lib/tensor/README.md says beside its examples, which `deno test --doc` runs.
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js";
import assert from "node:assert/strict";
import config from "@/deno.json" with { type: "json" };
import { supportedOps } from "@/lib/tensor/mod.ts";

const readme = await Deno.readTextFile(`${import.meta.dirname}/../../lib/tensor/README.md`);
const [, section] = readme.split("\n## Operations on PJRT\n");
const [supported, unsupported] = section!.split("\nNot supported:\n").map((part) => {
  const rows = part.split("\n").filter((line) => line.startsWith("|"));
  return rows.flatMap((row) => [...row.matchAll(/`([A-Z]\w*)`/g)].map(([, name]) => name!));
}) as [string[], string[]];

/** Kernels that call others and no op themselves. */
const COMPOSED = ["_FusedMatMul", "ClipByValue", "FusedConv2D", "FusedDepthwiseConv2D", "Prelu"];

/** The ops of TensorFlow's that a kernel of tfjs-node's asks for, as its code names them; else the op of its own name. */
function opsOf({ kernelName, kernelFunc }: tf.KernelConfig): readonly string[] {
  if (COMPOSED.includes(kernelName)) return [];
  const constants: Readonly<Record<string, unknown>> = tf;
  const calls = kernelFunc.toString().matchAll(
    /\.execute(?:SingleInput|SingleOutput|MultipleOutputs)\((?:tfjs_1\.(\w+)|'(\w+)'),/g,
  );
  const named = [...calls].map(([, constant, name]) => name ?? String(constants[constant!]));
  return named.length > 0 ? named : [kernelName];
}

const asked = new Set(tf.getKernelsForBackend("tensorflow").flatMap(opsOf));

Deno.test("lib/tensor/README.md lists the ops that have a program, each once", () => {
  assert.deepEqual(supported.toSorted(), supportedOps());
});

Deno.test("lib/tensor/README.md says of every op that a kernel of tfjs-node's asks for whether it has a program", () => {
  assert.ok(asked.size > 140, `only ${asked.size} ops were found`);
  const lacking = [...asked].filter((op) => !supported.includes(op));
  assert.deepEqual(unsupported.toSorted(), lacking.toSorted());
});

Deno.test("lib/tensor/README.md has no code but examples that are run, and a deno.json with this project's tfjs", () => {
  const blocks = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  const others = blocks.filter(([, language]) => language !== "ts");
  assert.ok(blocks.length > others.length + 5);
  assert.deepEqual(others.map(([, language]) => language), ["jsonc"]);
  const name = "@tensorflow/tfjs";
  assert.deepEqual(JSON.parse(others[0]![2]!).imports, { [name]: config.imports[name] });
});
