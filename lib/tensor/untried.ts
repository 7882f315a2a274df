import type { Check } from "@/lib/tensor/machine_checks.ts";

/** What is known of the machine at hand. */
export interface Situation {
  /** Operating system and processor, as Deno names them. */
  readonly machine: string;
  readonly hasGpu: boolean;
  /** Whether the library came from the archive of the C library. */
  readonly fromArchive: boolean;
}

/** What this project's makers could not try, and where that matters. */
const UNTRIED: readonly (readonly [string, (here: Situation) => boolean])[] = [
  ["macOS on Apple silicon", ({ machine }) => machine === "darwin-aarch64"],
  ["Linux on arm64", ({ machine }) => machine === "linux-aarch64"],
  ["the PJRT plugins for GPUs and TPUs", ({ hasGpu }) => hasGpu],
  ["the archive of TensorFlow's C library", ({ fromArchive }) => fromArchive],
];

/** Lists what was never tried, first what of it this machine needs. */
export function checkUntried(here: Situation): Check {
  const needed = UNTRIED.filter(([, applies]) => applies(here)).map(([what]) => what);
  const others = UNTRIED.map(([what]) => what).filter((what) => !needed.includes(what));
  return {
    name: "never tried by the makers",
    state: "untried",
    detail: `here: ${needed.join(", ") || "nothing"}; elsewhere: ${others.join(", ")}`,
    ...(needed.length === 0
      ? {}
      : { remedy: "Run the tests (deno task test) before you rely on it" }),
  };
}
