import * as tf from "@tensorflow/tfjs";
import { encoderOf } from "@/lib/model/encoder.ts";
import type { Weights } from "@/lib/model/parameters.ts";
import { sizeOf } from "@/lib/network/mod.ts";
import type { Objective } from "@/lib/objective/objective.ts";
import { simclr } from "@/lib/objective/simclr.ts";
import { supervised } from "@/lib/objective/supervised.ts";
import { disposeNamed, type Precision, uint8Tensor } from "@/lib/tensor/mod.ts";
import { COLOUR_NUMBERS, drawViews } from "@/lib/train/draw_views.ts";
import { initialState, readWeights } from "@/lib/train/state.ts";
import { type StepInputs, trainingStep } from "@/lib/train/step.ts";
import { type EngineCase, engineTraining, viewsOf } from "@/tests/bench/engine_cases.ts";

/** A training step of ours that goes on from state to state, with new views each time. */
export interface RepeatedStep {
  /** Trained numbers, the head's included. */
  readonly parameters: number;
  /** Takes a step and gives its loss. */
  run(): Promise<number>;
  /** Copies the trained numbers and the running statistics. */
  weights(): Promise<Weights>;
}

const { augmentation, optimizer, temperature } = engineTraining;
const SEED = 1;

/** The step of a case on images of its own, as a training takes it: the next views are drawn while the call runs. */
export function repeatedStep(
  engineCase: EngineCase,
  options: { readonly precision: Precision },
): RepeatedStep {
  const { pixels, images } = engineCase;
  const objective = objectiveOf(engineCase);
  const step = trainingStep(objective, {
    ...options,
    optimizer,
    views: [{ augmentation: { ...augmentation, pixels } }],
  });
  const stored = 4 * images;
  const resident = uint8Tensor(speckledImages(stored, pixels), [stored, pixels, pixels, 3]);

  function draw(turn: number): StepInputs {
    const indices = Uint32Array.from({ length: images }, (_, i) => (i + turn * images) % stored);
    const rows = viewsOf(engineCase);
    const drawn = drawViews(augmentation, {
      seed: SEED,
      epoch: turn,
      indices,
      views: rows / images,
    });
    const classes = "classes" in engineCase.method ? engineCase.method.classes : 1;
    const labels = Int32Array.from(indices, (index) => index % classes);
    return {
      images: resident,
      indices: tf.tensor1d(Int32Array.from(indices), "int32"),
      views: [{
        boxes: tf.tensor2d(drawn.boxes, [rows, 4]),
        colours: tf.tensor2d(drawn.colours, [rows, COLOUR_NUMBERS]),
      }],
      learningRate: tf.scalar(engineCase.learningRate),
      uptake: tf.scalar(0.1),
      ...(objective.labelled ? { labels: tf.tensor1d(labels, "int32") } : {}),
    };
  }

  let state = initialState(objective, SEED);
  let turn = 0;
  let next = draw(turn);
  return {
    parameters: objective.parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    async run() {
      const { images: _, ...inputs } = next;
      const running = step.run(state, next);
      next = draw(++turn);
      const out = await running;
      const [loss] = await out.loss.data();
      disposeNamed([inputs, state, out.loss, out.accuracy, out.features]);
      state = out.state;
      return loss!;
    },
    weights: () => readWeights(state, objective),
  };
}

function objectiveOf({ network, method }: EngineCase): Objective {
  const encoder = encoderOf(network);
  if (method.name === "supervised") return supervised(encoder, {}, method);
  return simclr(encoder, { temperature, head: { ...method, layers: 2 } });
}

/** Images that can be told apart: each has a colour of its own under a speckle. */
function speckledImages(count: number, pixels: number): Uint8Array {
  const size = pixels * pixels * 3;
  const bytes = new Uint8Array(count * size);
  for (let i = 0; i < bytes.length; i++) {
    const image = Math.floor(i / size);
    bytes[i] = 64 + (image * (37 + 24 * (i % 3))) % 128 + (Math.imul(i, 2654435761) >>> 26);
  }
  return bytes;
}
