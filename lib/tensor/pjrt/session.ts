import type { Plugin } from "@/lib/tensor/pjrt/plugin.ts";

/** A client that was made, as the parts that serve it know it. */
export interface Session {
  readonly plugin: Plugin;
  /** Its address in the plugin. */
  readonly client: bigint;
  /** `cpu`, `cuda`, `rocm`, `tpu`, … */
  readonly platform: string;
  /** Of what the plugin stands on, in its words. */
  readonly version: string;
}
