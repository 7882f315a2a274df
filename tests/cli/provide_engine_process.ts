/** Says why a device is refused. */
import { messageOf } from "@/lib/base/errors.ts";
import { provideEngine } from "@/lib/cli/provide_engine.ts";

const [device = ""] = Deno.args;
const engine = { backend: "tensorflow", device, check: false } as const;
const said = await provideEngine(engine, true).then(() => "", messageOf);
await Deno.stdout.write(new TextEncoder().encode(said));
