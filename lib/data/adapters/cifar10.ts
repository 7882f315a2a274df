import * as z from "zod";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { readNames, readRecords } from "@/lib/data/adapters/cifar.ts";
import { cifarDataSet } from "@/lib/data/adapters/cifar_data_set.ts";

/**
 * CIFAR-10 in its binary version (Krizhevsky 2009): a folder with `data_batch_1.bin` to `data_batch_5.bin`,
 * `test_batch.bin` and `batches.meta.txt`.
 */
export const cifar10 = adapter({
  schema: z.strictObject({ dataset: z.literal("cifar10"), path: z.string().min(1) }),
  paths: { path: "folder" },
  async open({ path: folder }) {
    const nameFile = `${folder}/batches.meta.txt`;
    const names = await readNames(nameFile, 10);
    const read = (name: string) => readRecords(`${folder}/${name}.bin`, 1);
    return cifarDataSet({
      train: await Promise.all([1, 2, 3, 4, 5].map((batch) => read(`data_batch_${batch}`))),
      test: [await read("test_batch")],
      hierarchy: { levels: ["class"], leaves: names.map((name) => ({ name, path: [name] })) },
      labelByte: 0,
      nameFiles: [nameFile],
      folder,
    });
  },
});
