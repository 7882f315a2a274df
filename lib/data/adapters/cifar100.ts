import * as z from "zod";
import { InputError } from "@/lib/base/errors.ts";
import { adapter } from "@/lib/data/adapters/adapter.ts";
import {
  type CifarFile,
  type CifarRecords,
  namesOf,
  readCifarFiles,
  recordsOf,
} from "@/lib/data/adapters/cifar.ts";
import { cifarDataSet } from "@/lib/data/adapters/cifar_data_set.ts";

/**
 * CIFAR-100 in its binary version (Krizhevsky 2009): `cifar-100-binary.tar.gz`, or a folder of `train.bin`, `test.bin`,
 * `fine_label_names.txt` and `coarse_label_names.txt`, or one that holds it; the coarse labels are the level `superclass`.
 */
export const cifar100 = adapter({
  schema: z.strictObject({ dataset: z.literal("cifar100"), path: z.string().min(1) }),
  paths: { path: "tree" },
  async open({ path }) {
    const { files, sources } = await readCifarFiles(path, {
      names: ["train.bin", "test.bin", "fine_label_names.txt", "coarse_label_names.txt"],
      archive: "cifar-100-binary.tar.gz",
    });
    const [trainFile, testFile, fineFile, coarseFile] = files as [
      CifarFile,
      CifarFile,
      CifarFile,
      CifarFile,
    ];
    const fine = namesOf(fineFile, 100), coarse = namesOf(coarseFile, 20);
    const train = recordsOf(trainFile, 2), test = recordsOf(testFile, 2);
    const parents = superclasses([train, test], coarse.length);
    const leaves = fine.map((name, i) => ({
      name,
      path: [name, coarse[parents.get(i) ?? 0]!] as const,
    }));
    return cifarDataSet({
      train: [train],
      test: [test],
      hierarchy: { levels: ["class", "superclass"], leaves },
      labelByte: 1,
      sources,
      place: path,
    });
  },
});

/** The coarse class of each fine one, which the files say only image by image. */
function superclasses(files: readonly CifarRecords[], count: number): Map<number, number> {
  const parents = new Map<number, number>();
  for (const { path, count: records, labels } of files) {
    for (let i = 0; i < records; i++) {
      const record = labels(i), coarse = record[0]!, fine = record[1]!;
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
