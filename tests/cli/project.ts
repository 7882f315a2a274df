import { dirname } from "node:path";
import { root } from "@/tests/cli/command.ts";

/** A project of its own that has this one's code and the given files, gone afterwards. */
export async function withProject(
  files: Readonly<Record<string, string>>,
  body: (project: string) => Promise<void>,
): Promise<void> {
  const project = await Deno.realPath(await Deno.makeTempDir());
  try {
    for (const code of ["dsl", "lib", "reports"]) {
      await Deno.symlink(`${root}/${code}`, `${project}/${code}`);
    }
    for (const config of ["deno.json", "deno.lock"]) {
      await Deno.copyFile(`${root}/${config}`, `${project}/${config}`);
    }
    await Deno.mkdir(`${project}/experiments`);
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(`${project}/${name}`), { recursive: true });
      await Deno.writeTextFile(`${project}/${name}`, text);
    }
    await body(project);
  } finally {
    await Deno.remove(project, { recursive: true });
  }
}

/** Makes the types of experiments be remembered elsewhere while a body runs. */
export async function withMemory(folder: string, body: () => Promise<void>): Promise<void> {
  const name = "WHEN_CONTRASTIVE_LIBRARIES", before = Deno.env.get(name);
  Deno.env.set(name, folder);
  try {
    await body();
  } finally {
    if (before === undefined) Deno.env.delete(name);
    else Deno.env.set(name, before);
  }
}
