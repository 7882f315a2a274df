import { searchGpus } from "@/lib/tensor/gpu.ts";
import { findLibrary } from "@/lib/tensor/library.ts";
import { type EngineCase, engineCases, operationsOfView } from "@/tests/bench/engine_cases.ts";
import { type Precision, precisions } from "@/tests/bench/engine_row.ts";
import { runGpuProgram } from "@/tests/bench/gpu_run.ts";

/** One thing to check or to time. */
export interface GpuCheck {
  readonly name: string;
  /** What it does, after "this would". */
  readonly would: string;
  run(): Promise<Finding>;
}

/** What came out: as it should be, not so, or something to be told that is neither. */
export interface Finding {
  readonly state: "ok" | "wrong" | "told";
  readonly detail: string;
}

const small: EngineCase = { ...engineCases[0]!, images: 64 };
const FEW = 10, MANY = 200;

// TensorFlow rounds the inputs of float32 products to 10 bits on a GPU unless it is told not to.
const EXACT = { NVIDIA_TF32_OVERRIDE: "0" };

/** All that is checked on a device, in order. */
export function gpuChecks(device: string): readonly GpuCheck[] {
  const steps = (options: Partial<StepOptions> = {}) => runSteps({ device, ...options });
  return [
    {
      name: "driver",
      would: "ask NVIDIA's driver for its GPUs, their memory and compute capability",
      run: () => Promise.resolve(findDriver()),
    },
    {
      name: "package",
      would: "find TensorFlow's library, and fetch it with its CUDA libraries where it is missing",
      run: async () => ok(await findLibrary()),
    },
    {
      name: "memory growth",
      would: "load the backend and see that it holds less than 2 GiB of the GPU before any work",
      async run() {
        const { memory } = await steps({ count: 1 });
        const detail = `${size(memory.start)} at the start`;
        if (Number.isNaN(memory.start)) return { state: "told", detail };
        return verdict(memory.start < 2 * GIB, detail);
      },
    },
    {
      name: "matrix products",
      would: "multiply matrices of four shapes and compare with the CPU, then time 8192 x 8192",
      run: () => compareProducts(device),
    },
    {
      name: "float32 step",
      would: `compare the losses of ${FEW} compiled steps with the CPU's, within 1 in 1,000`,
      run: async () =>
        compareLosses(await steps({ env: EXACT }), await steps({ device: "cpu" }), 1e-3),
    },
    {
      name: "bfloat16 step",
      would:
        `compare the losses of ${FEW} steps in bfloat16 with those in float32, within 5 in 100`,
      run: async () => compareLosses(await steps({ precision: "bfloat16" }), await steps(), 0.05),
    },
    {
      name: "resident images",
      would: "gather batches from 1 GiB of images and see that they are not copied for each",
      run: () => gatherResident(device),
    },
    {
      name: "leaks",
      would: `take ${MANY} steps and count tensors and handles at step ${FEW} and at the end`,
      async run() {
        const { said } = await steps({ count: MANY });
        const [early, late] = [said.held[FEW - 1]!, said.held[MANY - 1]!];
        const detail = `${early.join(" and ")} at step ${FEW}, ${late.join(" and ")} at ${MANY}`;
        return verdict(early.join() === late.join(), `tensors and handles: ${detail}`);
      },
    },
    {
      name: "same bits",
      would: "train twice from one seed, with and without TensorFlow's deterministic operations, " +
        "and tell whether the weights are the same",
      run: () => compareBits(device),
    },
    ...throughputs(device),
  ];
}

/** Larger batches than on a CPU, so that the GPU has enough to do. */
const timed: readonly EngineCase[] = [
  { ...engineCases.find(({ name }) => name.startsWith("ResNet-18"))!, images: 256 },
  { ...engineCases.find(({ name }) => name.startsWith("ResNet-50"))!, images: 64 },
];

function throughputs(device: string): readonly GpuCheck[] {
  return timed.flatMap((engineCase) =>
    precisions.map((precision): GpuCheck => ({
      name: `throughput of ${engineCase.name}, ${precision}`,
      would: `time 30 steps of ${engineCase.images} images and read the most memory held`,
      async run() {
        const { said, memory } = await runSteps({ device, engineCase, precision, count: 30 });
        const speed = said.rate * operationsOfView(engineCase) / 1e12;
        return {
          state: said.losses.every(Number.isFinite) ? "ok" : "wrong",
          detail: `${said.rate.toFixed(0)} views/s (${speed.toFixed(1)} TFLOP/s), ` +
            `first step ${said.firstSeconds.toFixed(1)} s, at most ${size(memory.peak)}`,
        };
      },
    }))
  );
}

interface StepOptions {
  readonly device: string;
  readonly engineCase: EngineCase;
  readonly precision: Precision;
  readonly count: number;
  readonly env: Readonly<Record<string, string>>;
}

/** What `gpu_program.ts steps` says. */
interface StepsSaid {
  readonly losses: readonly number[];
  /** tfjs's tensors and TensorFlow's handles after each step. */
  readonly held: readonly (readonly [number, number])[];
  /** sha256 of all weights after the last step. */
  readonly weights: string;
  /** Views a second after the first steps. */
  readonly rate: number;
  /** Of the first step, compilation included. */
  readonly firstSeconds: number;
}

function runSteps(options: Partial<StepOptions> & { readonly device: string }) {
  const { device, engineCase = small, precision = "float32", count = FEW, env = {} } = options;
  const what = JSON.stringify({ engineCase, precision, count });
  return runGpuProgram<StepsSaid>(["steps", device, what], env);
}

function findDriver(): Finding {
  const { gpus, problem } = searchGpus();
  if (gpus.length === 0) return { state: "told", detail: problem ?? "no GPU" };
  return ok(
    gpus.map(({ name, computeCapability, memoryBytes }) =>
      `${name}, compute capability ${computeCapability.toFixed(1)}, ${size(memoryBytes)}`
    ).join("; "),
  );
}

async function compareProducts(device: string): Promise<Finding> {
  type Products = { numbers: number[]; teraflops: Record<Precision, number> };
  const { said: here } = await runGpuProgram<Products>(["products", device], EXACT);
  const { said: cpu } = await runGpuProgram<Products>(["products", "cpu"]);
  const worst = Math.max(...here.numbers.map((value, i) => Math.abs(value - cpu.numbers[i]!)));
  const { float32, bfloat16 } = here.teraflops;
  return verdict(
    // The numbers are sums of up to 4096 products of about 1 each; theirs is a deviation of up to 64.
    here.numbers.length === cpu.numbers.length && worst < 1e-2,
    `largest difference ${worst.toExponential(1)}; float32 without TF32 ${
      float32.toFixed(1)
    }, bfloat16 ${bfloat16.toFixed(1)} TFLOP/s`,
  );
}

function compareLosses(
  one: { said: StepsSaid },
  other: { said: StepsSaid },
  limit: number,
): Finding {
  const differences = one.said.losses.map((loss, i) =>
    Math.abs(loss - other.said.losses[i]!) / Math.abs(other.said.losses[i]!)
  );
  const worst = Math.max(...differences);
  return verdict(
    worst <= limit,
    `losses ${one.said.losses.at(0)?.toFixed(4)} to ${one.said.losses.at(-1)?.toFixed(4)}; ` +
      `largest relative difference ${worst.toExponential(1)}`,
  );
}

async function gatherResident(device: string): Promise<Finding> {
  type Resident = { bytes: number; milliseconds: number };
  const { said, memory } = await runGpuProgram<Resident>(["resident", device]);
  // A copy over PCI Express 5.0 has 64 GB/s at best.
  const copy = said.bytes / 64e9 * 1000;
  return verdict(
    said.milliseconds < copy / 2,
    `${said.milliseconds.toFixed(2)} ms a batch, where a copy would take ${
      copy.toFixed(0)
    } ms; at most ${size(memory.peak)} held`,
  );
}

async function compareBits(device: string): Promise<Finding> {
  const same = async (env: Record<string, string>) => {
    const digest = async () => (await runSteps({ device, count: 20, env })).said.weights;
    return await digest() === await digest() ? "the same" : "different";
  };
  const [plain, deterministic] = [await same({}), await same({ TF_DETERMINISTIC_OPS: "1" })];
  return {
    state: "told",
    detail: `weights are ${plain}; with TF_DETERMINISTIC_OPS=1 they are ${deterministic}`,
  };
}

const GIB = 2 ** 30;

function size(bytes: number): string {
  return Number.isNaN(bytes) ? "unknown memory" : `${(bytes / GIB).toFixed(2)} GiB`;
}

function ok(detail: string): Finding {
  return { state: "ok", detail };
}

function verdict(good: boolean, detail: string): Finding {
  return { state: good ? "ok" : "wrong", detail };
}
