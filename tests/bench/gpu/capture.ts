import { currentAccelerator } from "@/lib/tensor/accelerator.ts";
import type { DeviceBuffer } from "@/lib/tensor/pjrt/buffer.ts";
import type { Client } from "@/lib/tensor/pjrt/client.ts";
import type { Executable } from "@/lib/tensor/pjrt/executable.ts";
import type { ElementType } from "@/lib/tensor/pjrt/element_type.ts";

/** An argument of a call. */
export interface CapturedArray {
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly bytes: Uint8Array;
}

/** A program that was compiled while it was watched, and what it was called with. */
export interface CapturedProgram {
  readonly text: string;
  /** Pairs of argument and output: the argument's memory becomes the output's. */
  readonly donated: readonly (readonly [argument: number, output: number])[];
  /** By call; of donated arguments those of the first call alone. */
  readonly calls: ReadonlyMap<number, CapturedArray>[];
}

/**
 * Notes which programs the loaded device is given, and with what they are called.
 *
 * @param options.isRun Whether they are compiled and run; else every result is 0, for programs that this machine need not run.
 */
export function captureCalls<T>(
  body: (captured: readonly CapturedProgram[]) => Promise<T>,
  { isRun }: { readonly isRun: boolean },
): Promise<T> {
  const accelerator = currentAccelerator()!;
  const client = accelerator.client;
  const captured: CapturedProgram[] = [];
  const known = new Map<DeviceBuffer, CapturedArray>();

  function arrayOf(buffer: DeviceBuffer): CapturedArray {
    let array = known.get(buffer);
    if (array === undefined) {
      const { shape, type } = buffer;
      known.set(buffer, array = { shape, type, bytes: buffer.readSync() });
    }
    return array;
  }

  function watch(executable: Executable, text: string): Executable {
    const program = { text, donated: donatedOf(text), calls: [] as Map<number, CapturedArray>[] };
    const state = new Set(program.donated.map(([argument]) => argument));
    captured.push(program);
    return {
      ...executable,
      execute(args, options) {
        const isFirst = program.calls.length === 0;
        program.calls.push(
          new Map(
            args[0]!.flatMap((buffer, i) =>
              isFirst || !state.has(i) ? [[i, arrayOf(buffer)] as const] : []
            ),
          ),
        );
        return executable.execute(args, options);
      },
    };
  }

  const watched: Client = isRun
    ? {
      ...client,
      compile: async (program) => watch(await client.compile(program), program.text),
      compileHere: (program) => watch(client.compileHere(program), program.text),
    }
    : {
      ...client,
      upload: (bytes, { shape, type, device }) => unreal(bytes.slice(), { shape, type, device }),
      compile: ({ text, devices }) => Promise.resolve(watch(unrealExecutable(text, devices), text)),
      compileHere: ({ text, devices }) => watch(unrealExecutable(text, devices), text),
    };
  Object.assign(accelerator, { client: watched });
  return body(captured).finally(() => Object.assign(accelerator, { client }));
}

/** Which arguments the text of a program donates, and to which outputs. */
function donatedOf(text: string): readonly (readonly [number, number])[] {
  return [...text.matchAll(/%arg(\d+): tensor<[^>]*> \{[^}]*tf\.aliasing_output = (\d+)/g)]
    .map(([, argument, output]) => [Number(argument), Number(output)] as const);
}

/** The types of the results of a program's text. */
export function resultTypes(text: string): readonly string[] {
  return text.match(/^ {4}return [^:]* : (.*)$/m)![1]!.split(", ");
}

function unreal(
  bytes: Uint8Array<ArrayBuffer>,
  described: Pick<DeviceBuffer, "shape" | "type" | "device">,
): DeviceBuffer {
  return {
    ...described,
    byteLength: bytes.byteLength,
    handle: 1n,
    read: () => Promise.resolve(bytes),
    readSync: () => bytes,
    dispose: () => {},
  };
}

function unrealExecutable(text: string, devices: Executable["devices"]): Executable {
  const outputs = resultTypes(text).length;
  return {
    devices,
    outputs: [],
    memory: undefined,
    execute: () => ({
      outputs: [
        Array.from(
          { length: outputs },
          () => unreal(new Uint8Array(4), { shape: [], type: "f32", device: devices[0]! }),
        ),
      ],
      done: Promise.resolve(),
    }),
    serialize: () => new Uint8Array(),
    dispose: () => {},
  };
}
