/** Fetches the package that its arguments describe: a folder, then a package and variables for Python, in JSON. */
import { provision } from "@/lib/tensor/provision/provision.ts";

const [folder, wanted, environment] = Deno.args;
await provision(folder!, { package: JSON.parse(wanted!), environment: JSON.parse(environment!) });
