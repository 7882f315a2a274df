import type { Command } from "commander";
import type { Experiment } from "@/dsl/mod.ts";
import { dataFile } from "@/lib/cli/data_file.ts";
import { fileBeside } from "@/lib/cli/given_file.ts";
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

/** What `--encoders` is for. */
export const encodersHelp = "YAML file that names encoders from outside " +
  "(default: encoders.yaml in the project's folder or in experiments, if it is there)";

/** The file that names encoders from outside: the one that a command is given, or else the one that lies in the project. */
export async function encodersFile(
  given: string | undefined,
  root: string,
): Promise<string | undefined> {
  return given ?? await fileBeside("encoders.yaml", root, "--encoders");
}

/** Adds the option that names the store. */
export function withStore(
  command: Command,
  { root }: Tool,
  { about = "where artifacts are kept" } = {},
): Command {
  return command.option("--store <folder>", about, defaultStore(root));
}

/**
 * Options with the data file and the file of encoders that are in force.
 *
 * @throws {InputError} If several files might be meant.
 */
export async function withDataFile<T extends Files>(
  { data, encoders, ...options }: T,
  { root }: Tool,
): Promise<Omit<T, keyof Files> & Files> {
  const file = await dataFile(data, root), named = await encodersFile(encoders, root);
  return {
    ...options,
    ...file !== undefined && { data: file },
    ...named !== undefined && { encoders: named },
  };
}

interface Files {
  readonly data?: string;
  readonly encoders?: string;
}
