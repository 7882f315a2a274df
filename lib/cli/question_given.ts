import { paperRoles, type Role, role as roleOf } from "@/dsl/mod.ts";
import { InputError } from "@/lib/base/errors.ts";
import { didYouMean } from "@/lib/base/nearest.ts";
import { plural } from "@/lib/base/plural.ts";
import type { GivenCheck } from "@/lib/cli/given.ts";
import { bind, type Binding, readBindings } from "@/lib/data/mod.ts";
import { encoderNames } from "@/lib/pretrained/mod.ts";
import { findStore } from "@/lib/store/mod.ts";

/** What names files and what stands in them. */
interface Given {
  readonly store: string;
  readonly data?: string;
  readonly role?: string;
  readonly encoders?: string;
}

/** What can be seen of what `deno task ask` is told without reading its data. */
export function askChecks({ store, data, role, encoders }: Given): readonly GivenCheck[] {
  return [
    () => findStore(store),
    () => askedRole(data, role),
    ...encoders === undefined ? [] : [() => askedEncoders(encoders)],
  ];
}

/**
 * The role that is asked of, and its data set.
 *
 * @param file The data file; without it there are the built-in worlds.
 * @param asked The role's name, which can be left out where there is one.
 * @throws {InputError | InputErrors} As `readBindings()` does, and if it is not clear which is meant, or none can be.
 */
export async function askedRole(
  file: string | undefined,
  asked: string | undefined,
): Promise<{ readonly role: Role; readonly binding: Binding }> {
  const bound = file === undefined ? await bind() : await readBindings(file);
  const names = Object.keys(bound), place = file ?? "--data worlds";
  const name = asked ?? (names.length === 1 ? names[0]! : undefined);
  if (name === undefined) {
    throw new InputError(
      place,
      names.length === 0
        ? "it binds no role"
        : `it binds ${plural(names.length, "role")}: ${names.join(", ")}`,
      names.length === 0
        ? "Write one line, such as mine: { dataset: image-folder, path: photos }"
        : `Say which is asked of: --role ${names[0]}`,
    );
  }
  if (!Object.hasOwn(bound, name)) {
    throw new InputError(
      "--role",
      `"${name}" is bound to no data set in ${place}`,
      `${didYouMean(name, names)}Choose among ${names.join(", ")}`,
    );
  }
  return { role: roleNamed(name, place), binding: bound[name]! };
}

/** The role of a name; a data file may have names that no experiment can. */
function roleNamed(name: string, place: string): Role {
  const paper = paperRoles.find((one) => one === name);
  try {
    return paper ?? roleOf(name);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `${place}: ${name}`,
      `"${name}" cannot be asked of: the role's ${error.problem}`,
      `Rename it there. ${error.remedy}`,
    );
  }
}

/**
 * The names of the encoders that a file names.
 *
 * @throws {InputError | InputErrors} As `encoderNames()` does, and if there is none.
 */
export async function askedEncoders(file: string): Promise<readonly string[]> {
  const names = await encoderNames(file);
  if (names.length > 0) return names;
  throw new InputError(
    file,
    "it names no encoder",
    "Write one line, such as mine: { path: mine.pth, architecture: resnet50, normalisation: imagenet }, or remove the file",
  );
}
