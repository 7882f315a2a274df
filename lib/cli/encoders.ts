import { networkName } from "@/dsl/mod.ts";
import { bytesText } from "@/lib/base/bytes_text.ts";
import { inputErrorsIn } from "@/lib/base/errors.ts";
import { plural } from "@/lib/base/plural.ts";
import { say } from "@/lib/cli/say.ts";
import { tellingProgress } from "@/lib/cli/status_line.ts";
import { importEncoder, type OutsideEncoder, readEncoders } from "@/lib/pretrained/mod.ts";

/** What `deno task encoders` is told. */
export interface EncodersOptions {
  /** A YAML file that names encoders from outside. */
  readonly encoders: string;
  readonly json: boolean;
}

/** An encoder's file as it was found. */
interface Looked extends OutsideEncoder {
  readonly name: string;
  /** How many tensors of the file are none of the encoder's, by what their names begin with. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Of the encoder alone, as float32. */
  readonly bytes?: number;
  /** Why the encoder cannot be read from the file. */
  readonly problem?: string;
}

/** `deno task encoders`: whether encoders from outside can be read whole; exits with 1 if one cannot. */
export async function lookAtEncoders(
  names: readonly string[],
  { encoders: file, json }: EncodersOptions,
): Promise<void> {
  const looked: Looked[] = [];
  for (const [name, encoder] of await readEncoders(file, names.length > 0 ? { names } : {})) {
    const one = await tellingProgress(async (tell) => {
      tell(`${name}: reading ${encoder.path}`);
      return await look(name, encoder);
    }, { quiet: json });
    looked.push(one);
    if (!json) linesOf(one).forEach(say);
  }
  const wrong = looked.filter(({ problem }) => problem !== undefined).length;
  if (wrong > 0) Deno.exitCode = 1;
  if (json) return say(JSON.stringify({ encoders: looked }, null, 2));
  const all = plural(looked.length, "encoder");
  say(wrong === 0 ? `${all}, nothing wrong` : `${all}, ${wrong} with something wrong`);
}

async function look(name: string, encoder: OutsideEncoder): Promise<Looked> {
  const { path, network } = encoder;
  try {
    const { layout, dropped, bytes } = await importEncoder(path, network, encoder);
    return { ...encoder, name, layout, dropped: Object.fromEntries(dropped), bytes: bytes.length };
  } catch (error) {
    const [first] = inputErrorsIn(error);
    if (first === undefined) throw error;
    return { ...encoder, name, dropped: {}, problem: first.message };
  }
}

function linesOf(looked: Looked): readonly string[] {
  const { name, path, network, layout, pixels, normalisation, dropped, bytes, problem } = looked;
  if (problem !== undefined) return [`${name}`, `  wrong: ${problem}`];
  const { mean, std } = normalisation;
  const left = Object.entries(dropped).map(([name, count]) => `${count} of ${name}`);
  return [
    `${name} (${path})`,
    `  ${networkName(network)}; layout ${layout}; ${bytesText(bytes!)}`,
    `  images of ${pixels} px, less ${mean.join(", ")}, divided by ${std.join(", ")}`,
    ...left.length === 0 ? [] : [`  left out: ${left.join(", ")}`],
    `  source ${looked.source ?? "not given"}; licence ${looked.licence ?? "not given"}`,
    `  sha256 ${looked.sha256}`,
  ];
}
