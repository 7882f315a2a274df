import { castsAtBorders } from "@/tests/lint/casts_at_borders.ts";
import { errorMessages } from "@/tests/lint/error_messages.ts";
import { pathsNotUrls } from "@/tests/lint/paths_not_urls.ts";

/** Lint rules of this project's own: what neither the imports' table nor the compiler can hold. */
const plugin: Deno.lint.Plugin = {
  name: "when-contrastive",
  rules: {
    "casts-at-borders": castsAtBorders,
    "error-messages": errorMessages,
    "paths-not-urls": pathsNotUrls,
  },
};

export default plugin;
