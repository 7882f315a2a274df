import assert from "node:assert/strict";
import { withFolder } from "@/tests/cli/command.ts";
import { withEnvironment } from "@/tests/tensor/environment.ts";
import { client, device, doubling, floats, numbers, vector } from "@/tests/tensor/pjrt/plugin.ts";

/** Compiles a program through a cache, runs it, and holds that it doubles. */
async function doublesBy(cache: string, devices = [device]): Promise<void> {
  const executable = await client.compile({ text: doubling, devices, cache });
  assert.deepEqual(executable.outputs, [{ shape: [2], type: "f32" }]);
  const x = vector([1, 2], devices[0]);
  const [results] = executable.execute([[x]]).outputs;
  assert.deepEqual(numbers(results![0]!.readSync()), [2, 4]);
  assert.equal(results![0]!.device, devices[0]);
  for (const one of [x, ...results!]) one.dispose();
  executable.dispose();
}

/** The names in a folder. */
async function namesOf(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).toSorted();
}

/** A time long past, by which a file that is written anew is known. */
const PAST = new Date(0);

/** Whether a file is as it was at the time long past. */
async function isPast(path: string): Promise<boolean> {
  return (await Deno.stat(path)).mtime!.getTime() === 0;
}

Deno.test("a compiled program is kept once, and loaded the next time", () =>
  withFolder(async (folder) => {
    const cache = `${folder}/a/b`;
    await doublesBy(cache);
    const [name, ...others] = await namesOf(cache);
    assert.deepEqual(others, []);
    assert.match(name!, /^[0-9a-f]{64}$/);
    const path = `${cache}/${name}`, bytes = await Deno.readFile(path);
    await Deno.chmod(path, 0o444);
    await Deno.chmod(cache, 0o555);
    await doublesBy(cache);
    assert.deepEqual(await Deno.readFile(path), bytes);
    await Deno.chmod(cache, 0o755);
  }));

Deno.test("another device has a program of its own", () =>
  withFolder(async (cache) => {
    await doublesBy(cache);
    await doublesBy(cache, [client.devices[2]!]);
    await doublesBy(cache, [client.devices[2]!]);
    assert.equal((await namesOf(cache)).length, 2);
  }));

Deno.test("a program over several devices that is loaded runs on the same ones, and still takes its argument", () =>
  withFolder(async (cache) => {
    const devices = client.devices.slice(1, 3);
    const text = `module @sum attributes {mhlo.num_partitions = 2 : i32} {
      sdy.mesh @devices = <["batch"=2]>
      func.func public @main(
        %state: tensor<2xf32> {sdy.sharding = #sdy.sharding<@devices, [{}]>, tf.aliasing_output = 0 : i32},
        %x: tensor<4x2xf32> {sdy.sharding = #sdy.sharding<@devices, [{"batch"}, {}]>}
      ) -> (tensor<2xf32> {sdy.sharding = #sdy.sharding<@devices, [{}]>}) {
        %zero = stablehlo.constant dense<0.0> : tensor<f32>
        %sum = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0]
          : (tensor<4x2xf32>, tensor<f32>) -> tensor<2xf32>
        %next = stablehlo.add %state, %sum : tensor<2xf32>
        return %next : tensor<2xf32>
      }
    }`;
    for (let i = 0; i < 2; i++) {
      const executable = await client.compile({ text, devices, cache });
      const args = devices.map((on, d) => [
        vector([1, 2], on),
        client.upload(floats(d, 1, d, 1), { shape: [2, 2], type: "f32", device: on }),
      ]);
      const { outputs, done } = executable.execute(args);
      await done;
      assert.deepEqual(outputs.map(([one]) => numbers(one!.readSync())), [[3, 6], [3, 6]]);
      assert.deepEqual(outputs.map(([one]) => one!.device), devices);
      assert.deepEqual(args.map(([state]) => state!.handle), [0n, 0n]);
      for (const one of [...args, ...outputs].flat()) one.dispose();
      executable.dispose();
    }
    assert.equal((await namesOf(cache)).length, 1);
  }));

Deno.test("a damaged entry, and one that is another program's, are compiled anew and replaced", () =>
  withFolder(async (cache) => {
    await doublesBy(cache);
    const [name] = await namesOf(cache);
    const path = `${cache}/${name}`, bytes = await Deno.readFile(path);
    const damaged = bytes.with(bytes.length - 1, bytes.at(-1)! ^ 1);
    const other = await client.compile({
      text: doubling.replaceAll("2xf32", "3xf32"),
      devices: [device],
      cache,
    });
    other.dispose();
    const foreign = await Deno.readFile(
      `${cache}/${(await namesOf(cache)).find((one) => one !== name)}`,
    );
    for (const wrong of [damaged, foreign, bytes.subarray(0, 40), new Uint8Array(0)]) {
      await Deno.writeFile(path, wrong);
      await Deno.utime(path, PAST, PAST);
      await doublesBy(cache);
      assert.equal(await isPast(path), false);
      assert.notDeepEqual(await Deno.readFile(path), wrong);
    }
  }));

Deno.test("a folder that cannot be written does not keep a program from being compiled", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    await doublesBy(`${folder}/file/cache`);
    await doublesBy(`${folder}/file`);
  }));

Deno.test("what was not used for the longest time makes room", () =>
  withFolder(async (cache) => {
    for (const [i, name] of ["oldest", "older"].entries()) {
      await Deno.writeFile(`${cache}/${name}`, new Uint8Array(0));
      // A hole: it takes no room on the disk.
      await Deno.truncate(`${cache}/${name}`, 1.2e9);
      await Deno.utime(`${cache}/${name}`, new Date(i * 1000), new Date(i * 1000));
    }
    await doublesBy(cache);
    const names = await namesOf(cache);
    assert.equal(names.length, 2);
    assert.ok(names.includes("older"));
  }));

Deno.test("XLA's own flags have programs of their own", () =>
  withFolder(async (cache) => {
    await doublesBy(cache);
    // Read when the client was made: what matters here is the name.
    await withEnvironment(
      { XLA_FLAGS: "--xla_cpu_enable_fast_math=true" },
      () => doublesBy(cache),
    );
    assert.equal((await namesOf(cache)).length, 2);
  }));
