/** Loads the backend wasm and computes with it; started with few permissions. */

import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "@/lib/tensor/mod.ts";

await loadBackend({ name: "wasm" });
const sum = tf.add(tf.tensor1d([2]), 3);
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify([...sum.dataSync()])));
