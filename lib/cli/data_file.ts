import { fileBeside } from "@/lib/cli/given_file.ts";
import { complain } from "@/lib/cli/say.ts";

/** In the place of a data file: the built-in worlds, whatever file is there. */
const worldsAlone = "worlds";

/**
 * The file that binds roles to data sets: the one that the command names, or else a `data.yaml` in the project's folder or beside
 * the experiments, which is told.
 *
 * @param given What follows `--data`, if it was given.
 * @param root The project's folder.
 * @returns Nothing for the built-in worlds.
 * @throws {InputError} If there are two such files.
 */
export async function dataFile(
  given: string | undefined,
  root: string,
): Promise<string | undefined> {
  if (given !== undefined) return given === worldsAlone ? undefined : given;
  const file = await fileBeside("data.yaml", root, "--data");
  if (file !== undefined) {
    complain(
      `Data sets are those of ${file}; --data ${worldsAlone} takes the built-in worlds instead\n`,
    );
  }
  return file;
}
