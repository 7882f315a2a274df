import type { Corruption, SeenCorruption } from "@/dsl/corruption.ts";
import type { ClassSize, Role, Size } from "@/dsl/domain.ts";
import type { Budget } from "@/dsl/encoder.ts";
import type { Floor } from "@/dsl/floor.ts";
import type { AnyTraining, Method } from "@/dsl/methods/mod.ts";
import type {
  FinetuneSettings,
  KnnSettings,
  LinearSettings,
  SgdLinearSettings,
} from "@/dsl/scale.ts";
import type { Network } from "@/dsl/network.ts";
import type { Checkpoint, Outside } from "@/dsl/outside.ts";
import type { Changes } from "@/dsl/settings.ts";
import type { Granularity } from "@/dsl/trial.ts";

/** A number of images of a domain: the paper's word for it, and the count; `null` for all that the domain has. */
export interface Amount {
  readonly role: Role;
  readonly size: Size;
  readonly images: number | null;
}

/** As many labelled images of each class. */
export interface ClassAmount {
  readonly role: Role;
  readonly size: ClassSize;
  readonly perClass: number;
}

/** An encoder with every default written out. */
export interface EncoderSpec {
  readonly method: Method;
  /** One part, several for a pool, none for what trains nothing. */
  readonly sources: readonly Amount[];
  readonly corruption: Corruption;
  readonly budget: Budget;
  /** Which of several trainings that differ by their luck alone; 0 for the first. */
  readonly replica: number;
  /** Of a floor its settings; of a checkpoint its name until it is planned, and then what its file has. */
  readonly network: Network | Floor | Checkpoint;
  /** Whether the declaration names the network, in place of the scale's, or a floor's settings, in place of its own. */
  readonly ownNetwork: boolean;
  /** With what the declaration changes in its recipe, and with the least steps that its budget wants; `null` for what trains nothing. */
  readonly training: AnyTraining | null;
  readonly changes: Changes;
  /** The name of an encoder from outside. */
  readonly checkpoint?: string;
  /** Of such an encoder, once it is planned. */
  readonly outside?: Outside;
}

/** A kind of probe and its settings at the scale. */
export type ChosenProbe =
  | { readonly kind: "linear"; readonly settings: LinearSettings | SgdLinearSettings }
  | { readonly kind: "knn"; readonly settings: KnnSettings }
  | { readonly kind: "finetune"; readonly settings: FinetuneSettings }
  | { readonly kind: "scratch"; readonly settings: FinetuneSettings };

/** A probe with every default written out. */
export type ProbeSpec = ChosenProbe & {
  readonly labels: Amount | ClassAmount;
  /** What the declaration changes in the settings. */
  readonly changes: Changes;
  /** What is done to the labelled images and to the test images, or to those alone. */
  readonly corruption: SeenCorruption;
};

/** A trial at one seed and one scale, as plain JSON: all that the planner needs to know of it. */
export interface Condition {
  readonly experiment: string;
  /** A readable name, unique within the experiment, the same for every seed. */
  readonly name: string;
  readonly scale: string;
  /** Whether the trial names the scale, in place of the command's. */
  readonly ownScale: boolean;
  /** Side of the square images in pixels. */
  readonly pixels: number;
  readonly seed: number;
  /** One, or several whose features are concatenated. */
  readonly encoders: readonly EncoderSpec[];
  readonly probe: ProbeSpec;
  readonly granularity: Granularity;
}
