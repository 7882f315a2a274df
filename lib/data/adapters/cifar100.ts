import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import { type CifarRecords, readNames, readRecords } from "@/lib/data/adapters/cifar.ts";
import { cifarDataSet } from "@/lib/data/adapters/cifar_data_set.ts";

/**
 * CIFAR-100 in its binary version (Krizhevsky 2009): a folder with `train.bin`, `test.bin`, `fine_label_names.txt` and
 * `coarse_label_names.txt`; the coarse labels are the level `superclass`.
 */
export const cifar100 = adapter({
  schema: z.strictObject({ dataset: z.literal("cifar100"), path: z.string().min(1) }),
  paths: { path: "folder" },
  async open({ path: folder }) {
    const nameFiles = [`${folder}/fine_label_names.txt`, `${folder}/coarse_label_names.txt`];
    const fine = await readNames(nameFiles[0]!, 100);
    const coarse = await readNames(nameFiles[1]!, 20);
    const train = await readRecords(`${folder}/train.bin`, 2);
    const test = await readRecords(`${folder}/test.bin`, 2);
    const parents = superclasses([train, test], coarse.length);
    const leaves = fine.map((name, i) => ({
      name,
      path: [name, coarse[parents.get(i) ?? 0]!] as const,
    }));
    const hierarchy = { levels: ["class", "superclass"], leaves };
    return cifarDataSet({
      train: [train],
      test: [test],
      hierarchy,
      labelByte: 1,
      nameFiles,
      folder,
    });
  },
});

/** The coarse class of each fine one, which the files say only image by image. */
function superclasses(files: readonly CifarRecords[], count: number): Map<number, number> {
  const parents = new Map<number, number>();
  for (const { path, count: records, labels } of files) {
    for (let i = 0; i < records; i++) {
      const [coarse, fine] = labels(i) as unknown as [number, number];
      const known = parents.get(fine) ?? coarse;
      if (known === coarse && coarse < count) parents.set(fine, coarse);
      else {
        throw new InputError(
          `${path}: record ${i}`,
          known === coarse
            ? `its coarse class is ${coarse}, and there are ${count}`
            : `the fine class ${fine} is in the coarse classes ${known} and ${coarse}`,
          "Use the binary version as published",
        );
      }
    }
  }
  return parents;
}
