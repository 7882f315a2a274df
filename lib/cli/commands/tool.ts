import type { Command } from "commander";
import type { Experiment } from "@/dsl/mod.ts";
import { dataFile } from "@/lib/cli/data_file.ts";
import type { Given } from "@/lib/cli/given.ts";
import { defaultStore } from "@/lib/cli/options.ts";

/** What every command is declared with: the readers and checks of what it is given, and the project. */
export interface Tool extends Given {
  /** The project's folder. */
  readonly root: string;
  /** All experiments that there are. */
  readonly experiments: readonly Experiment[];
}

/** Declares a command of the tool: its arguments, options and description, what is checked, and what it then does. */
export type Declaration = (all: Command, tool: Tool) => void;

/** What `--data` is for. */
export const dataHelp =
  "YAML file that binds roles to data sets, or worlds for the built-in ones alone " +
  "(default: data.yaml in the project's folder or in experiments, if it is there)";

/** Adds the option that names the store. */
export function withStore(
  command: Command,
  { root }: Tool,
  { about = "where artifacts are kept" } = {},
): Command {
  return command.option("--store <folder>", about, defaultStore(root));
}

/**
 * Options with the data file that is in force.
 *
 * @throws {InputError} If several files might be meant.
 */
export async function withDataFile<T extends { readonly data?: string }>(
  { data, ...options }: T,
  { root }: Tool,
): Promise<Omit<T, "data"> & { readonly data?: string }> {
  const file = await dataFile(data, root);
  return { ...options, ...file !== undefined && { data: file } };
}
