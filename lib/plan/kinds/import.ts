import * as z from "zod";
import type { Network } from "@/dsl/mod.ts";
import { storedNumbers } from "@/lib/network/mod.ts";
import { declared, defineKind } from "@/lib/plan/kind.ts";

/** Reads an encoder from outside out of its file of weights. */
export const imported = defineKind({
  version: 1,
  /** The file by its content, wherever it lies, and how it is read. */
  spec: z.strictObject({
    sha256: z.string(),
    network: declared<Network>(),
    /** Absent where the names in the file tell it. */
    layout: z.string().exactOptional(),
  }),
  needs: {},
  info: z.strictObject({
    /** The layout that it was found in. */
    layout: z.string(),
    /** How many tensors of the file are none of the encoder's, by what their names begin with. */
    dropped: z.record(z.string(), z.number()),
    /** Where it is from and under which licence, as was said when it was read; `null` where nothing was. */
    source: z.string().nullable(),
    licence: z.string().nullable(),
  }),
  variants: () => ({}),
  // Of a ResNet-50, whose 100 MB are read, decoded and written.
  seconds: ({ spec }) => 0.3 + 4e-8 * storedNumbers(spec.network),
  bytes: ({ spec }) => 4 * storedNumbers(spec.network),
  // Its tensors, and the file that is made of them.
  memory: ({ spec }) => ({ host: 8 * storedNumbers(spec.network), device: 0, divided: 0 }),
});
