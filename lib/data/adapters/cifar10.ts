import * as z from "zod";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { type CifarFile, namesOf, readCifarFiles, recordsOf } from "@/lib/data/adapters/cifar.ts";
import { cifarDataSet } from "@/lib/data/adapters/cifar_data_set.ts";

const batches = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`);

/**
 * CIFAR-10 in its binary version (Krizhevsky 2009): `cifar-10-binary.tar.gz`, or a folder of `data_batch_1.bin` to
 * `data_batch_5.bin`, `test_batch.bin` and `batches.meta.txt`, or one that holds it.
 */
export const cifar10 = adapter({
  schema: z.strictObject({ dataset: z.literal("cifar10"), path: z.string().min(1) }),
  paths: { path: "tree" },
  async open({ path }) {
    const { files, sources } = await readCifarFiles(path, {
      names: [...batches, "test_batch.bin", "batches.meta.txt"],
      archive: "cifar-10-binary.tar.gz",
    });
    const [test, meta] = files.slice(batches.length) as [CifarFile, CifarFile];
    const leaves = namesOf(meta, 10).map((name) => ({ name, path: [name] }));
    return cifarDataSet({
      train: files.slice(0, batches.length).map((file) => recordsOf(file, 1)),
      test: [recordsOf(test, 1)],
      hierarchy: { levels: ["class"], leaves },
      labelByte: 0,
      sources,
      place: path,
    });
  },
});
