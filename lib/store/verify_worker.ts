/** A thread that reads artifacts, one after another as it is asked. */

import type { Store } from "@/lib/store/store.ts";
import { readWhole } from "@/lib/store/verify_artifact.ts";

/** What a thread knows of itself. */
declare const self: {
  onmessage: (event: { readonly data: { readonly store: Store; readonly key: string } }) => void;
  postMessage(answer: unknown): void;
};

self.onmessage = async ({ data: { store, key } }) => self.postMessage(await readWhole(store, key));
