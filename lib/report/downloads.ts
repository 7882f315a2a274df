import { Buffer } from "node:buffer";
import { type Html, markup } from "@/lib/report/html.ts";

/** A file that the page carries in itself. */
export interface Download {
  readonly name: string;
  readonly type: "text/csv" | "application/gzip" | "application/vnd.apache.parquet";
  /** Text is written as UTF-8. */
  readonly content: string | Uint8Array;
  readonly about: string;
}

/** Links that save files out of the page, without a server. */
export function downloadLinks(files: readonly Download[]): Html {
  return markup`<ul class="downloads">${files.map(downloadLink)}</ul>
`;
}

function downloadLink({ name, type, content, about }: Download): Html {
  const charset = typeof content === "string" ? ";charset=utf-8" : "";
  const href = `data:${type}${charset};base64,${Buffer.from(content).toString("base64")}`;
  return markup`<li><a download="${name}" href="${href}">${name}<br><span class="muted">${about}</span></a></li>
`;
}
