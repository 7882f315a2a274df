/** Says, in JSON, what plugin there is for a GPU, what would be fetched, or why there is none. */
import { InputError } from "@/lib/base/errors.ts";
import { lookForPlugin } from "@/lib/tensor/plugin.ts";

const said = await lookForPlugin("gpu").then(
  (look) => "plugin" in look ? look.plugin : { wanted: look.wanted.target },
  (error) => {
    if (error instanceof InputError) return { refused: error.message };
    throw error;
  },
);
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(said)));
