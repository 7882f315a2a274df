import { checked, declared } from "@/dsl/checked.ts";
import { aSelection, type Selection } from "@/dsl/selection.ts";

/** What must be so of the selected conditions before a claim about them can be judged. None needs a training of its own. */
export interface Check {
  /**
   * `"beats untrained"`: each is more accurate than the untrained encoder under the same probe, labels and level.
   * `"flattened"`: the loss of each self-supervised pretraining has come to rest before its end.
   * `"converged"`: each training on labels has fitted them, or come to rest.
   * `"off the ends"`: each accuracy lies off its floor, what guessing gives, and off its ceiling.
   */
  readonly check: "beats untrained" | "flattened" | "converged" | "off the ends";
  readonly where: Selection;
}

/** That the selected encoders beat an untrained one. */
export function beatsUntrained(where: Selection): Check {
  return asked(
    "beats untrained",
    checked("beatsUntrained", arguments, { options: aSelection }) ? where : {},
  );
}

/** That the selected conditions' self-supervised pretrainings have flattened. */
export function flattened(where: Selection): Check {
  return asked("flattened", checked("flattened", arguments, { options: aSelection }) ? where : {});
}

/** That the selected conditions' trainings on labels, as an encoder or as a probe, have converged. */
export function converged(where: Selection): Check {
  return asked("converged", checked("converged", arguments, { options: aSelection }) ? where : {});
}

/** That the selected conditions' accuracies lie off floor and ceiling. */
export function offTheEnds(where: Selection): Check {
  return asked(
    "off the ends",
    checked("offTheEnds", arguments, { options: aSelection }) ? where : {},
  );
}

function asked(check: Check["check"], where: Selection): Check {
  return declared({ check, where });
}
