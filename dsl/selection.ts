import type { Corruption } from "@/dsl/corruption.ts";
import type { Role, Size } from "@/dsl/domain.ts";
import type { Budget } from "@/dsl/encoder.ts";
import type { Method } from "@/dsl/methods/mod.ts";
import type { ProbeKind } from "@/dsl/probe.ts";

/** Which encoders are meant: each given field must be equal, or be among those listed. */
export interface EncoderSelection {
  readonly method?: Method | readonly Method[];
  /** The role pretrained on; several roles joined by `+` for a pool; `"none"` for an untrained encoder. */
  readonly pretrain?: Role | readonly Role[] | "none" | `${string}+${string}`;
  /** The size of each part pretrained on; an untrained encoder has none. */
  readonly size?: Size | readonly Size[];
  /** What was done to the images pretrained on; an untrained encoder's count as clean. */
  readonly corruption?: Corruption | readonly Corruption[];
  /** Default `"recipe"`. */
  readonly budget?: Budget;
  /** Default 0. */
  readonly replica?: number;
}

/** Which conditions are meant: each given field must be equal, or be among those listed. */
export interface Selection extends EncoderSelection {
  /** The other encoder of a fusion of two; without it only conditions with one encoder are meant. */
  readonly with?: EncoderSelection;
  readonly probe?: ProbeKind;
  /** The role whose test images are classified. */
  readonly on?: Role;
  readonly labels?: Size | readonly Size[];
  /** What was done to the images of the probe; without it only clean ones are meant. */
  readonly images?: Corruption | readonly Corruption[];
  /**
   * A level of the label tree by its name, `"finest"` (the default) or `"coarsest"`: the coarsest at which no class has more than
   * half of the finest classes, where that is not the finest.
   */
  readonly level?: string;
}
