import { race } from "@/tests/bench/contender.ts";

/** PyTorch's rate, or why there is none. */
export type TorchFinding =
  | { readonly viewsPerSecond: number; readonly versions: string; readonly peakBytes?: number }
  | { readonly error: string };

/** Times PyTorch on the same step and device, with ready-made views: its files lie in the pack. */
export async function timeTorch(
  what: object,
  { folder, python }: { readonly folder: string; readonly python: string },
): Promise<TorchFinding> {
  try {
    const { said: [said] } = await race<
      { views: number; seconds: number; versions: string; peakBytes?: number }
    >([{ command: python, args: [`${folder}/engine_torch.py`, JSON.stringify(what)] }]);
    const { views, seconds, versions, peakBytes } = said!;
    return {
      viewsPerSecond: views / seconds,
      versions,
      ...peakBytes !== undefined && { peakBytes },
    };
  } catch (error) {
    return { error: (error as Error).message.trim().split("\n").at(-1)! };
  }
}
