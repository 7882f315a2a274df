/** Says where TensorFlow's library is. */
import { findLibrary } from "@/lib/tensor/library.ts";

await Deno.stdout.write(new TextEncoder().encode(await findLibrary()));
