import { type Depot, MissingFile } from "@/lib/depot/depot.ts";
import {
  artifactFolder,
  artifactKeys,
  findArtifact,
  keepRegistration,
  manifestName,
  readRegistration,
  receiveArtifact,
  registrationsIn,
  type Store,
  watchSteps,
} from "@/lib/store/mod.ts";

/** A store as a depot: whatever is looked at in it is verified. */
export function storeDepot(store: Store): Depot {
  const watch = watchSteps(store);
  return {
    name: store.root,
    keys: () => artifactKeys(store),
    async look(key) {
      const found = await findArtifact(store, key);
      switch (found.state) {
        case "missing":
          return null;
        case "corrupt":
          return { problem: found.problem };
        case "cached": {
          const path = `${artifactFolder(store, key)}/${manifestName}`;
          return { manifest: found.manifest, text: await Deno.readTextFile(path) };
        }
      }
    },
    async read({ key }, name, from) {
      const path = `${artifactFolder(store, key)}/${name}`;
      const file = await Deno.open(path).catch((error) => {
        if (error instanceof Deno.errors.NotFound) throw new MissingFile(`${name} is not there`);
        throw error;
      });
      await file.seek(from, Deno.SeekMode.Start);
      return file.readable;
    },
    take: (told, from, { onBytes }) => {
      const read = (name: string, at: number) => from.read(told.manifest, name, at);
      return receiveArtifact(store, { ...told, read, onBytes }, watch);
    },
    async registrations() {
      const found = (await registrationsIn(store)).map((hash) => readRegistration(store, hash));
      return (await Promise.all(found)).filter((one) => one !== undefined);
    },
    register: (one) => keepRegistration(store, one),
  };
}
