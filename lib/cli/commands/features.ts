import type { Command } from "commander";
import { everySeed, withConditions } from "@/lib/cli/commands/study.ts";
import { type Tool, withDataFile } from "@/lib/cli/commands/tool.ts";
import type { FeaturesOptions } from "@/lib/cli/features.ts";
import { positiveInteger, splitOption } from "@/lib/cli/options.ts";

/** What the command line has of them. */
type Given = Omit<FeaturesOptions, "out"> & { readonly out?: string; readonly seed: number };

/** Declares `deno task features`. */
export function declareFeatures(all: Command, tool: Tool): void {
  const { reader, check, root } = tool;
  const command = all.command("features")
    .description("write features of images, with labels and names, as Parquet and as .npy")
    .argument("[roles...]", "whose images (default: those of all roles that the data file binds)")
    .requiredOption(
      "--encoder <name>",
      "a condition or its encoder's key, as show names them, one of encoders.yaml, or pixels, colours or gradients",
    );
  withConditions(command, tool)
    .option("--trained-on <file>", "the data file of the study, if another than data.yaml")
    .option("--seed <n>", "that of the condition", reader(positiveInteger("--seed")), 1)
    .option("--split <name>", "train or test (default: both)", reader(splitOption))
    .option("--device <name>", "cpu, gpu, gpu:N (default: a GPU where one is found)")
    .option("--trust-code", "take what other versions of the code made", false)
    .option("--out <folder>", "where they go (default: reports/out/features/<encoder>)")
    .action(async (roles: string[], { seed, trainedOn, data, encoders, ...given }: Given) => {
      await check([]);
      const study = await withDataFile({
        ...trainedOn !== undefined && { data: trainedOn },
        ...encoders !== undefined && { encoders },
      }, tool);
      const images = data ?? study.data;
      const folder = given.encoder.replaceAll(/[^\p{L}\d]+/gu, "-").replaceAll(/^-|-$/g, "");
      const { writeFeatures } = await import("@/lib/cli/features.ts");
      await writeFeatures(roles, {
        ...everySeed,
        ...given,
        ...images !== undefined && images !== "worlds" && { data: images },
        ...study.data !== undefined && { trainedOn: study.data },
        ...study.encoders !== undefined && { encoders: study.encoders },
        seeds: { first: seed, count: 1 },
        out: given.out ?? `${root}/reports/out/features/${folder}`,
      }, root);
    });
}
